import { z } from 'zod';
import { type ModelId, ModelIdError, parseModelId } from './model-ids.rules.js';
import type { ModelSettings } from './model-settings.js';

/** More is a slip of the hand: ten times the largest window that any maker states. */
const LARGEST_WINDOW = 100_000_000;
/** The smallest window that leaves room for an answer beside Prosa's own words. */
const SMALLEST_WINDOW = 512;
const LARGEST_ANSWER = 1_000_000;
const SMALLEST_ANSWER = 16;
/** Dollars per million tokens; the dearest model of 2026 takes 600. */
const HIGHEST_PRICE = 10_000;
/** OpenAI's and Converse's own limit. */
const MOST_STOPS = 4;

const price = (what: string) =>
  z.number({ error: what }).min(0, { error: what }).max(HIGHEST_PRICE, { error: what });
const DOLLARS = `must be US dollars per million tokens, from 0 to ${String(HIGHEST_PRICE)}`;
const WINDOW = `must be a whole number of tokens from ${String(SMALLEST_WINDOW)} to ${String(LARGEST_WINDOW)}`;
const ANSWER = `must be a whole number of tokens from ${String(SMALLEST_ANSWER)} to ${String(LARGEST_ANSWER)}`;
const TEMPERATURE = 'must be a number from 0 to 2';
const TOP_P = 'must be a number above 0, up to 1';
const STOP = `must be a list of 1 to ${String(MOST_STOPS)} texts`;
const DAY = 'must be a day such as 2026-09-23';

const whole = (what: string, least: number, most: number) =>
  z.int({ error: what }).min(least, { error: what }).max(most, { error: what });

const entry = z
  .strictObject(
    {
      id: z.string({ error: 'must be provider/model' }),
      contextWindow: whole(WINDOW, SMALLEST_WINDOW, LARGEST_WINDOW).optional(),
      maxOutputTokens: whole(ANSWER, SMALLEST_ANSWER, LARGEST_ANSWER).optional(),
      base: z.string({ error: 'must be the name of a model' }).min(1).optional(),
      fallback: z.boolean({ error: 'must be true or false' }).optional(),
      temperature: z
        .number({ error: TEMPERATURE })
        .min(0, { error: TEMPERATURE })
        .max(2, { error: TEMPERATURE })
        .optional(),
      topP: z.number({ error: TOP_P }).gt(0, { error: TOP_P }).max(1, { error: TOP_P }).optional(),
      stop: z
        .array(z.string({ error: STOP }).min(1, { error: STOP }), { error: STOP })
        .min(1, { error: STOP })
        .max(MOST_STOPS, { error: STOP })
        .optional(),
      prices: z
        .strictObject(
          {
            input: price(DOLLARS),
            output: price(DOLLARS),
            cachedInput: price(DOLLARS).optional(),
            asOf: z.iso.date({ error: DAY }),
            source: z.string({ error: 'must be a text' }).min(1).max(100).optional(),
          },
          { error: ownWords('must hold input, output and asOf') },
        )
        .optional(),
    },
    { error: ownWords('must be a name such as openai/gpt-4o-mini, or a map with an id') },
  )
  .refine(({ contextWindow: all, maxOutputTokens: own }) => !all || !own || own < all, {
    path: ['maxOutputTokens'],
    error: 'must be smaller than contextWindow, which prompt and answer share',
  });

/** Zod's own words where it names a key that it does not know; ours otherwise. */
function ownWords(words: string): z.core.$ZodErrorMap {
  return ({ code }) => (code === 'unrecognized_keys' ? undefined : words);
}

/** What is wrong with an entry, and where in it. */
export interface EntryProblem {
  /** Keys that lead there, outermost first. */
  readonly path: readonly (string | number)[];
  readonly words: string;
}

/** An entry that can be used, or what keeps it from that. */
export type ReadEntry =
  | { readonly id: string; readonly model: ModelId; readonly settings: ModelSettings }
  | { readonly id: string | undefined; readonly problems: readonly EntryProblem[] };

/** Reads one entry of the models file: a bare name, or a map with an `id`. */
export function readEntry(value: unknown): ReadEntry {
  const read = entry.safeParse(typeof value === 'string' ? { id: value } : value);
  if (!read.success) {
    return { id: idIn(value), problems: read.error.issues.flatMap(problemsOf) };
  }
  const { id, temperature, topP, stop, ...settings } = withoutAbsent(read.data);
  const model = modelOf(id, settings.base);
  if ('words' in model) return { id, problems: [model] };
  const parameters = withoutAbsent({ temperature, topP, stop });
  return { id, model, settings: { ...settings, parameters } };
}

function modelOf(id: string, base: string | undefined): ModelId | EntryProblem {
  try {
    const model = parseModelId(id);
    return base !== undefined && model.provider !== 'bedrock'
      ? { path: ['base'], words: 'is only for models of bedrock; leave it out' }
      : model;
  } catch (error) {
    if (error instanceof ModelIdError) return { path: ['id'], words: error.message };
    throw error;
  }
}

function problemsOf(issue: z.core.$ZodIssue): EntryProblem[] {
  const path = issue.path.filter((key) => typeof key !== 'symbol');
  return issue.code === 'unrecognized_keys'
    ? issue.keys.map((key) => ({ path: [...path, key], words: unknownKey(path) }))
    : [{ path, words: issue.message }];
}

function unknownKey(path: readonly (string | number)[]): string {
  const known = path[0] === 'prices' ? Object.keys(PRICE_KEYS) : [...Object.keys(entry.shape)];
  return `is not known here; known are ${known.join(', ')}`;
}

const PRICE_KEYS = { input: 0, output: 0, cachedInput: 0, asOf: 0, source: 0 };

function idIn(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !('id' in value)) return undefined;
  return typeof value.id === 'string' ? value.id : undefined;
}

function withoutAbsent<Value extends object>(value: Value): Value {
  const present = Object.entries(value).filter(([, one]) => one !== undefined);
  return Object.fromEntries(present) as Value;
}
