import type { Agreed } from '../ledger/compare.rules.ts';
import type { Searched } from './canaries/hunt.ts';
import type { Deed, Loss } from './deeds.ts';
import type { ProviderCall } from './provider.ts';
import type { Rows } from './rows.ts';
import type { Kill } from './victim.ts';

/** How long the runs stayed open that a kill had left. */
export interface Recovery {
  readonly kill: number;
  /** Runs that were open when the server died. */
  readonly runs: number;
  /** Milliseconds that a server listened until the last of them was ended, and nothing reserved. */
  readonly tookMs: number;
}

/** Everything that is known at one moment: the client's side, the provider's and the database's. */
export interface Evidence {
  readonly deeds: readonly Deed[];
  readonly losses: readonly Loss[];
  /** What people saw that must never be seen. */
  readonly faults: readonly string[];
  /** The text of each post, as its reader has it. */
  readonly texts: ReadonlyMap<number, string>;
  readonly rows: Rows;
  readonly calls: readonly ProviderCall[];
  readonly kills: readonly Kill[];
  /** What a commit took shortly before a moment, in milliseconds. */
  readonly commitMs: (at: number) => number;
  readonly recoveries: readonly Recovery[];
  /** The engine's own check of its file. */
  readonly integrity: string;
  readonly complaints: readonly string[];
  /** Where canaries were looked for so far. */
  readonly searched: readonly Searched[];
  /** Of the server, in bytes: after the first answers, and after as many in its last life. */
  readonly memory: { readonly before: number; readonly after: number };
  /** Processes of the campaign that outlived it. */
  readonly leftovers: readonly string[];
  readonly prices: (model: string) => Agreed;
}

/** What must hold. */
export interface Invariant {
  readonly name: string;
  /** `always`: also with people in the middle of what they do. */
  readonly holds: 'always' | 'at rest';
  /** What breaks it, one by one. Pure. */
  readonly breaches: (evidence: Evidence) => string[];
}
