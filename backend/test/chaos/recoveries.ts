import { setTimeout as sleep } from 'node:timers/promises';
import type { ChaosDatabase } from './database.ts';
import type { Recovery } from './evidence.ts';
import { withDatabase } from '../ledger/ledger-rows.ts';
import type { Victim } from './victim.ts';

const LOOK_EVERY_MS = 250;
/** Longest that anything is waited for, in milliseconds of a listening server. */
const GIVE_UP_MS = 60_000;

interface Left {
  readonly kill: number;
  readonly runs: ReadonlySet<string>;
  readonly uptimeMs: number;
}

/** Watches, past Prosa, how long the runs stay open that each kill leaves. */
export class Recoveries {
  readonly done: Recovery[] = [];
  private waiting: Left[] = [];
  private isOver = false;
  private readonly victim: Victim;
  private readonly database: ChaosDatabase;

  constructor(victim: Victim, database: ChaosDatabase) {
    this.victim = victim;
    this.database = database;
  }

  /** Notes what the kill just now has left open: everything that is, nobody being alive. */
  async note(kill: number): Promise<void> {
    const runs = await this.held();
    if (runs.size > 0) this.waiting.push({ kill, runs, uptimeMs: this.victim.uptimeMs });
  }

  /** Looks until {@link finish}. */
  async watch(): Promise<void> {
    while (!this.isOver) {
      await sleep(LOOK_EVERY_MS);
      // A database that is being killed is looked into again.
      if (this.waiting.length > 0) await this.look().catch(() => undefined);
    }
  }

  /** Waits for what is still open, as long as that makes sense. */
  async finish(): Promise<void> {
    while (this.waiting.length > 0) await sleep(LOOK_EVERY_MS);
    this.isOver = true;
  }

  private async look(): Promise<void> {
    const uptimeMs = this.victim.uptimeMs;
    const held = await this.held();
    const open = this.waiting.filter(({ runs }) => [...runs].some((run) => held.has(run)));
    const ended = this.waiting.filter((left) => !open.includes(left));
    const lost = open.filter((left) => uptimeMs - left.uptimeMs > GIVE_UP_MS);
    for (const left of ended) this.take(left, uptimeMs - left.uptimeMs);
    for (const left of lost) this.take(left, Infinity);
    this.waiting = open.filter((left) => !lost.includes(left));
  }

  private take({ kill, runs }: Left, tookMs: number): void {
    this.done.push({ kill, runs: runs.size, tookMs });
  }

  private held(): Promise<Set<string>> {
    const { engine, place } = this.database;
    return withDatabase(engine, place, async (query) => {
      const open = await query("SELECT id FROM runs WHERE status = 'answering'");
      const reserved = await query('SELECT run_id AS id FROM reservations');
      return new Set([...open, ...reserved].map(({ id }) => String(id)));
    });
  }
}
