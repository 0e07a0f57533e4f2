import { fold } from '#db';
import { HARMLESS } from './web-signals.js';

/** Of a question, in UTF-16 units: what is pasted behind or before it says less of what is meant. */
const BEGINNING = 700;
const END = 300;

/** What can be judged of a question. */
export interface ReadQuestion {
  /** As it was written, without what is pasted into it. */
  readonly written: string;
  /** Lower case, without accents, without phrases that only look like asking for something recent. */
  readonly plain: string;
  /** Whether much more was pasted than asked. */
  readonly isPasted: boolean;
}

/** Blocks of code and quoted lines are matter, not question. */
const PASTED = /```[\s\S]*?(?:```|$)|(?<=^|\n)>[^\n]*/g;

/** Reads a question as the rules look at it. Linear in its length. */
export function readQuestion(question: string): ReadQuestion {
  const own = question.slice(0, 20_000).replace(PASTED, ' ``` ');
  const written =
    own.length <= BEGINNING + END ? own : `${own.slice(0, BEGINNING)}\n${own.slice(-END)}`;
  let plain = fold(written)
    .replace(/[“”"'‘’]/g, "'")
    .replace(/\s+/g, ' ')
    .trim();
  for (const harmless of HARMLESS) plain = plain.replace(harmless, ' ');
  return { written, plain, isPasted: question.length > 1500 || own.length < question.length - 200 };
}

/** Words with which a question goes on from the one before. */
const GOING_ON =
  /^(e|mas e|e se|e quanto|e quant[ao]s?|e qual|e quais|e quem|e onde|e quando|e como|e por ?que|e (em|no|na|para|pra|o|a|os|as|de|do|da)|quanto a|ja|tambem|and|what about|how about|but|or|also|and in|and for|then|so)\b/;
/** Words that stand for something said before. */
const POINTING =
  /\b(isso|isto|aquilo|ele|ela|eles|elas|dele|dela|deles|delas|nele|nela|disso|nisso|esse|essa|esses|essas|desse|dessa|nesse|nessa|lo|la|it|its|that|those|these|this|they|them|their|there|he|she|his|her|him|one)\b/;
const LONGEST_FOLLOW_UP = 12;

/** Whether a question says what it is about only together with the one before it. */
export function goesOn(question: string): boolean {
  const plain = fold(question.slice(0, 400)).trim();
  const words = plain.match(/[\p{L}\p{N}]+/gu) ?? [];
  if (words.length === 0 || words.length > LONGEST_FOLLOW_UP || question.length > 300) return false;
  return words.length <= 2 || (GOING_ON.test(plain) && words.length <= 8) || POINTING.test(plain);
}
