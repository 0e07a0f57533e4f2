import type { Random } from '../fuzz/random.ts';
import type { Signal } from './signals.ts';

/** Where in an answer's life the kill comes. */
export const KILL_POINTS = [
  'at random',
  'prompt accepted',
  'provider called',
  'at token n',
  'provider done',
  'settling',
  'stop pressed',
  'starting',
  'recovering',
  'database',
] as const;
export type KillPoint = (typeof KILL_POINTS)[number];

/** What a kill waits for, and how long it waits then. */
export interface Moment {
  /** Absent: nothing but the time. */
  readonly signal?: Signal;
  /** The figure that the signal must have reached. */
  readonly least?: number;
  /** Longest wait after it, in milliseconds; the seed chooses. */
  readonly withinMs: number;
}

/** Longest that a server has to do anything before it is killed at random. */
const AT_RANDOM_MS = 900;
/** A start takes about so long. */
const STARTING_MS = 1000;
/** The provider's last byte takes a moment to be read, and the end of an answer one to be written. */
const DONE_MS = 30;
/** Reads of a text before it is killed: a kill there falls between two checkpoints or after many. */
const MOST_READS = 100;

/** Kills of a server that starts follow one that has left something to recover. */
const IN_TURN: readonly (readonly KillPoint[])[] = [
  ['at random', 'starting'],
  ['at token n', 'recovering'],
  ['prompt accepted'],
  ['provider called'],
  ['provider done'],
  ['settling'],
  ['stop pressed'],
];

/** Every point as often as every other, in an order that the seed decides. */
export function rotation(kills: number, random: Random, hasServer: boolean): KillPoint[] {
  const turns = hasServer ? [...IN_TURN, ['database'] as const] : IN_TURN;
  const all: KillPoint[] = [];
  while (all.length < kills) all.push(...shuffled(turns, random).flat());
  return all.slice(0, kills);
}

/** What the kill at a point waits for. */
export function momentOf(point: KillPoint, random: Random): Moment {
  switch (point) {
    case 'at random':
      return { withinMs: AT_RANDOM_MS };
    case 'starting':
      return { withinMs: STARTING_MS };
    case 'prompt accepted':
      return { signal: 'accepted', withinMs: 0 };
    case 'provider called':
      return { signal: 'called', withinMs: 0 };
    case 'at token n':
      return { signal: 'text', least: random.int(1, MOST_READS), withinMs: 0 };
    case 'provider done':
      return { signal: 'ended', withinMs: DONE_MS };
    case 'settling':
      return { signal: 'settling', withinMs: 2 };
    case 'stop pressed':
      return { signal: 'stopped', withinMs: 10 };
    case 'recovering':
      return { signal: 'recovering', withinMs: 0 };
    case 'database':
      return { signal: 'text', least: random.int(1, MOST_READS), withinMs: 0 };
  }
}

function shuffled<Item>(items: readonly Item[], random: Random): Item[] {
  const left = [...items];
  const all: Item[] = [];
  while (left.length > 0) all.push(...left.splice(random.int(0, left.length - 1), 1));
  return all;
}
