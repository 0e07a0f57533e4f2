import { decode, encode } from 'gpt-tokenizer/encoding/o200k_base';
import type { OpenAiBehaviour } from '../fakes/openai-script.ts';
import { Random } from '../fuzz/random.ts';

/** A model whose tokenizer is known, and one of which only the provider knows how it counts. */
export const KNOWN_MODEL = 'gpt-4o-mini';
export const OWN_MODEL = 'casa-7b';

/** What happens to a question, and how many of a hundred it happens to. */
const SHARES = {
  good: 36,
  /** The provider tells no counts. */
  quiet: 12,
  /** The connection breaks in the middle of the answer. */
  broken: 10,
  /** An error comes in the middle of the answer. */
  error: 4,
  /** 429 at first. */
  limited: 6,
  /** 500 at first. */
  down: 4,
  /** 500 each time: another model takes over. */
  failing: 6,
  /** 400: nobody else is asked. */
  refused: 3,
  /** The answer is cut at its limit. */
  long: 3,
  /** The asker stops it. */
  stopped: 10,
  /** The asker deletes the conversation. */
  deleted: 4,
  /** The asker deletes it for good. */
  erased: 2,
} as const;
export type Fate = keyof typeof SHARES;

/** A question, all of it decided by the seed. */
export interface Planned {
  readonly n: number;
  readonly fate: Fate;
  /** As the provider knows it. */
  readonly model: string;
  readonly prompt: string;
  /** The answer, a token each, as the provider's tokenizer has them. */
  readonly words: readonly string[];
  /** After so many of them something happens. */
  readonly cutAfter: number;
  /** Between two of them, in milliseconds. */
  readonly delayMs: number;
}

const WORDS =
  `a casa de uma pessoa que lê muito fica cheia de livros e papel para cada dia da semana há ` +
  `perguntas sobre contratos números ação memória resposta quando então porque também the answer ` +
  `is in the third table of the report which nobody has read since March código função valor`;

/** As many questions as are asked for; the same for the same seed. */
export function planned(calls: number, seed: number): Planned[] {
  return Array.from({ length: calls }, (_, n) => {
    const random = new Random(seed, n);
    const model = random.chance(0.7) ? KNOWN_MODEL : OWN_MODEL;
    const words = tokensOf(sentence(random, random.int(12, 70)), model);
    return {
      n,
      fate: fateOf(random),
      model,
      prompt: `caso ${String(n)}: ${sentence(random, random.int(5, 120))}`,
      words,
      cutAfter: random.int(1, words.length - 1),
      delayMs: random.int(1, 4),
    };
  });
}

function fateOf(random: Random): Fate {
  let left = random.int(0, 99);
  for (const [fate, share] of Object.entries(SHARES)) {
    if (left < share) return fate as Fate;
    left -= share;
  }
  return 'good';
}

/** So many words, as people and models use them. */
export const sentence = (random: Random, words: number): string =>
  Array.from({ length: words }, () => random.pick(WORDS.split(' '))).join(' ');

/** A text as a model says it, one token after the other. */
export function tokensOf(text: string, model: string): string[] {
  if (model !== KNOWN_MODEL) return text.match(/\s?\S{1,3}/g) ?? [];
  return encode(text).map((token) => decode([token]));
}

/** How many tokens the provider makes of a prompt. */
export function promptTokens(texts: readonly string[], model: string): number {
  const each = texts.map((text) => tokensOf(text, model).length + 4);
  return each.reduce((sum, tokens) => sum + tokens, 3);
}

/**
 * What the provider does with a call for the question's answer.
 * @param earlier calls for the same answer before this one.
 */
export function behaviourFor(planned: Planned, model: string, earlier: number): OpenAiBehaviour {
  const { fate, cutAfter, delayMs } = planned;
  const words = model === planned.model ? planned.words : tokensOf(planned.words.join(''), model);
  const cut = Math.min(cutAfter, words.length - 1);
  const good = { words, delayMs };
  switch (fate) {
    case 'good':
      return good;
    case 'quiet':
      return { ...good, usage: false };
    case 'broken':
      return { ...good, dieAfter: cut };
    case 'error':
      return { ...good, errorAfter: cut };
    case 'limited':
      return earlier === 0 ? { status: 429, headers: { 'retry-after': '0' } } : good;
    case 'down':
      return earlier === 0 ? { status: 500 } : good;
    case 'failing':
      return model === planned.model ? { status: 500 } : good;
    case 'refused':
      return { status: 400 };
    case 'long':
      return { ...good, finishReason: 'length' };
    case 'stopped':
    case 'deleted':
    case 'erased':
      return { ...good, delayMs: delayMs + 25 };
  }
}
