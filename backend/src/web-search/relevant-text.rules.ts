import { ENGLISH_STOP_WORDS, fold, PORTUGUESE_STOP_WORDS, stemEnglish, stemPortuguese } from '#db';
import type { Language } from '../platform/language.rules.js';

/** Longest block that is taken or left as a whole, in UTF-16 units; longer ones are cut. */
const BLOCK_LENGTH = 500;
/** A block is worth its own length of text more where its heading speaks of the question. */
const HEADING_WEIGHT = 1.5;
/** Blocks that say much less than the best one do not help it. */
const SHARE_OF_BEST = 0.3;

const HEADING = /^#{1,6} /;

interface Block {
  /** The heading that it stands under; repeated where what comes between was left out. */
  readonly heading: string;
  readonly text: string;
}

/**
 * The parts of a page that speak of a query, in the page's order, up to a length.
 * @returns an empty text where none does.
 */
export function relevantText(
  text: string,
  query: string,
  language: Language,
  longest: number,
): string {
  const asked = new Set(stemsOf(query, language));
  const blocks = blocksOf(text);
  const held = blocks.map((block) => new Set(stemsOf(block.text, language)));
  const heads = blocks.map((block) => new Set(stemsOf(block.heading, language)));
  const rarity = rarities(asked, held);
  const scores = blocks.map((_, place) =>
    [...asked].reduce(
      (sum, stem) =>
        sum +
        (held[place]?.has(stem) ? (rarity.get(stem) ?? 0) : 0) +
        (heads[place]?.has(stem) ? HEADING_WEIGHT * (rarity.get(stem) ?? 0) : 0),
      0,
    ),
  );
  return joined(blocks, chosen(blocks, scores, longest));
}

function stemsOf(text: string, language: Language): string[] {
  const [stem, stopWords] =
    language === 'en' ? [stemEnglish, ENGLISH_STOP_WORDS] : [stemPortuguese, PORTUGUESE_STOP_WORDS];
  return (fold(text).match(/[\p{L}\p{N}]+/gu) ?? [])
    .filter((word) => word.length > 1 && !stopWords.has(word))
    .map(stem);
}

function rarities(
  asked: ReadonlySet<string>,
  blocks: readonly ReadonlySet<string>[],
): Map<string, number> {
  return new Map(
    [...asked].map((stem) => {
      const holders = blocks.filter((block) => block.has(stem)).length;
      return [stem, Math.log(1 + (blocks.length - holders + 0.5) / (holders + 0.5))];
    }),
  );
}

/** Places of the best blocks that fit, in the order of the page. */
function chosen(blocks: readonly Block[], scores: readonly number[], longest: number): number[] {
  const best = Math.max(0, ...scores);
  const order = scores
    .map((score, place) => ({ score, place }))
    .filter(({ score }) => score > 0 && score >= best * SHARE_OF_BEST)
    .sort((a, b) => b.score - a.score || a.place - b.place);
  const places: number[] = [];
  let length = 0;
  for (const { place } of order) {
    const { heading = '', text = '' } = blocks[place] ?? {};
    const more = heading.length + text.length + 4;
    if (length + more <= longest) {
      places.push(place);
      length += more;
    }
  }
  return places.sort((a, b) => a - b);
}

function joined(blocks: readonly Block[], places: readonly number[]): string {
  let under = '';
  const parts: string[] = [];
  for (const place of places) {
    const { heading = '', text = '' } = blocks[place] ?? {};
    if (heading !== under && heading !== '') parts.push(heading);
    under = heading;
    parts.push(text);
  }
  return parts.join('\n\n');
}

function blocksOf(text: string): Block[] {
  let heading = '';
  const blocks: Block[] = [];
  for (const part of text.split(/\n{2,}/)) {
    if (HEADING.test(part)) {
      heading = part.slice(0, BLOCK_LENGTH);
    } else {
      blocks.push(...pieces(part).map((piece) => ({ heading, text: piece })));
    }
  }
  return blocks;
}

/** Whole sentences up to the length; one that is longer alone is cut at a word. */
function pieces(text: string): string[] {
  if (text.length <= BLOCK_LENGTH) return text.trim() === '' ? [] : [text];
  const cut = text
    .split(/(?<=[.!?…]["”’)]?)\s+|\n/u)
    .flatMap((sentence) => sentence.match(/[^]{1,500}(?=\s|$)|[^]{1,500}/g) ?? []);
  const packed: string[] = [];
  for (const sentence of cut) {
    const last = packed.at(-1);
    if (last !== undefined && last.length + sentence.length < BLOCK_LENGTH) {
      packed[packed.length - 1] = `${last} ${sentence.trim()}`;
    } else if (sentence.trim() !== '') {
      packed.push(sentence.trim());
    }
  }
  return packed;
}
