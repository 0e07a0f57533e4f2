import type { ClockPiece } from '../platform/civil-days.rules.js';

/** What usage can be told by, in the order in which rows are sorted. */
export const DIMENSIONS = ['day', 'person', 'model', 'provider', 'purpose', 'door'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** Only the calls that all of these hold for. */
export interface UsageFilter {
  readonly userId?: number | undefined;
  readonly model?: string | undefined;
  readonly provider?: string | undefined;
  readonly purpose?: string | undefined;
  readonly door?: string | undefined;
}

/** Which calls are to be summed up, and by what. */
export interface UsageQuestion {
  readonly by: ReadonlySet<Dimension>;
  readonly filter: UsageFilter;
  /** Calls opened from here on, in whole seconds, … */
  readonly from: Date;
  /** … and before this. */
  readonly until: Date;
  /** The beginnings of days in between. */
  readonly midnights: readonly Date[];
  /** How the clock stands by which days are told. */
  readonly clock: readonly ClockPiece[];
}

/** What calls come to. */
export interface UsageSums {
  readonly calls: number;
  readonly promptTokens: number;
  readonly cachedTokens: number;
  readonly completionTokens: number;
  /** Calls whose counts are ours. */
  readonly estimatedCalls: number;
  /** Integer nano-dollars of the calls whose price is known. */
  readonly costNanoUsd: number;
  /** Calls whose price is not known. */
  readonly unpricedCalls: number;
}

/** What is the same for the calls of a row; only what they are told by is there. */
export interface UsageKey {
  /** Days since 1970-01-01. */
  readonly day?: number;
  readonly userId?: number;
  readonly username?: string;
  readonly model?: string;
  readonly provider?: string;
  readonly purpose?: string;
  readonly door?: string;
}

export type UsageRow = UsageKey & UsageSums;
