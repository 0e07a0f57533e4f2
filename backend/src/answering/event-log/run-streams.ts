import { Logger } from '@nestjs/common';
import type { RedisConnection } from '../../platform/redis.js';
import { coalesce } from './coalesce.rules.js';
import type { LoggedEvent } from './logged-event.js';

/** What other processes learn is this old, in milliseconds, when it is sent. */
const EVERY_MS = 25;

/** The next attempt, after one that failed. */
const AGAIN_MS = 1000;

/** Redis has so long to take what is sent. */
const LONGEST_MS = 2000;

/** Of one run, in characters: past it other processes read the database instead. */
const MOST_SHARED = 1024 * 1024;

/** Of all runs, in characters, while Redis takes nothing. */
const MOST_WAITING = 4 * MOST_SHARED;

/** Runs that are remembered while Redis is away. */
const MOST_RUNS = 10_000;

/** A run whose process died without a word is forgotten after this time. */
const FORGOTTEN_AFTER_SECONDS = 3600;

/** How long a finished run can still be resumed, in seconds. */
const KEPT_SECONDS = 60;

/** After it Redis itself takes no more: the end of a run is a fence for the process that lost it. */
const LAST_ID = '18446744073709551615-18446744073709551615';

export const streamOf = (runId: string): string => `prosa:run:${runId}`;

/** One entry of a run's stream. */
export type StreamEntry =
  /** The first: the text that the body held already. */
  | { readonly open: string }
  /** Events in their places, as JSON. */
  | { readonly events: string }
  /** The last, where the rest is not here: what is stored is in the database. */
  | { readonly gone: '1' };

interface SharedRun {
  /** Until it is sent. */
  opening: string | undefined;
  waiting: LoggedEvent[];
  /** Characters sent so far. */
  sent: number;
  /** False once something could not be sent: what is there is worth nothing to a reader. */
  whole: boolean;
}

/** Writes what happens in this process's runs to one Redis stream a run. */
export class RunStreams {
  private readonly logger = new Logger(RunStreams.name);
  private readonly runs = new Map<string, SharedRun>();
  private timer: NodeJS.Timeout | undefined;
  private flushing: Promise<void> = Promise.resolve();
  private waiting = 0;
  private closed = false;

  constructor(private readonly redis: RedisConnection) {}

  open(runId: string, text: string): void {
    this.runs.set(runId, { opening: text, waiting: [], sent: 0, whole: true });
    const [oldest] = this.runs.keys();
    if (this.runs.size > MOST_RUNS && oldest !== undefined) {
      this.runs.delete(oldest); // Redis has been away for long.
    }
  }

  add(runId: string, logged: LoggedEvent): void {
    const run = this.runs.get(runId);
    if (!run) {
      return;
    }
    this.waiting += sizeOf(logged);
    if (this.waiting > MOST_WAITING) {
      this.giveUp();
    }
    // Of a run that is not whole only its being so is sent.
    run.waiting = run.whole ? run.waiting : [];
    run.waiting.push(logged);
    this.schedule(EVERY_MS);
  }

  /**
   * Tells those who follow a run, in other processes, that the database has the rest. Nothing is
   * added to its stream any more, whoever answers it.
   */
  async end(runId: string): Promise<void> {
    const key = streamOf(runId);
    const gone: StreamEntry = { gone: '1' };
    try {
      await this.redis.xAdd(key, LAST_ID, { ...gone });
    } catch (error) {
      const [last] = (await this.redis.xRevRange(key, '+', '-', { COUNT: 1 })) ?? [];
      if (last?.id !== LAST_ID) throw error; // Ended already, otherwise.
    }
    await this.redis.expire(key, KEPT_SECONDS);
  }

  /** Sends what waits, for the last time. */
  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.timer);
    await this.flushing;
    await this.flush();
  }

  private schedule(ms: number): void {
    if (this.closed) {
      return;
    }
    this.timer ??= setTimeout(() => {
      this.flushing = this.flush();
    }, ms);
  }

  /** Sends what waits, one batch at a time: however slow Redis is, nobody waits for it. */
  private async flush(): Promise<void> {
    const due = [...this.runs].filter(([, { waiting }]) => waiting.length > 0);
    this.waiting = 0;
    const late = Promise.withResolvers<boolean[]>();
    const limit = setTimeout(() => {
      late.resolve(due.map(([, run]) => (run.whole = false)));
    }, LONGEST_MS);
    const sending = Promise.all(due.map(([id, run]) => this.share(id, run)));
    const sent = await Promise.race([sending, late.promise]);
    clearTimeout(limit);
    this.timer = undefined;
    if ([...this.runs.values()].some(({ waiting }) => waiting.length > 0)) {
      this.schedule(sent.every(Boolean) ? EVERY_MS : AGAIN_MS);
    }
  }

  /** @returns whether Redis took it. What it does not take makes the run worthless to readers. */
  private async share(id: string, run: SharedRun): Promise<boolean> {
    const events = run.waiting;
    const last = events.at(-1);
    run.waiting = [];
    const text = JSON.stringify(coalesce(events));
    run.sent += text.length + (run.opening?.length ?? 0);
    run.whole &&= run.sent <= MOST_SHARED;
    const { whole } = run;
    const isLast = !whole || last?.event.type === 'done';
    try {
      await (whole ? this.sendEvents(id, run, text, isLast) : this.end(id));
      if (isLast) this.runs.delete(id);
      return true;
    } catch (error) {
      if (whole) this.logger.debug({ err: error, runId: id }, 'a run is not shared any more');
      return this.letGo(id, run, last);
    }
  }

  /** Something of a run could not be sent. @returns whether its readers have been told. */
  private async letGo(id: string, run: SharedRun, last: LoggedEvent | undefined): Promise<boolean> {
    run.whole = false;
    try {
      await this.end(id);
      this.runs.delete(id);
      return true;
    } catch {
      // Sent again, so that readers learn of it.
      if (last && run.waiting.length === 0) run.waiting = [last];
      this.schedule(AGAIN_MS);
      return false;
    }
  }

  private async sendEvents(id: string, run: SharedRun, events: string, isLast: boolean) {
    const { opening } = run;
    const key = streamOf(id);
    run.opening = undefined;
    const open: StreamEntry | undefined = opening === undefined ? undefined : { open: opening };
    const entry: StreamEntry = { events };
    const [, taken] = await Promise.all([
      open && this.redis.xAdd(key, '*', { ...open }),
      this.redis.xAddNoMkStream(key, '*', { ...entry }),
      (isLast || open) && this.redis.expire(key, isLast ? KEPT_SECONDS : FORGOTTEN_AFTER_SECONDS),
    ]);
    if (taken === null) {
      throw new Error('the stream of a run is gone from Redis');
    }
  }

  /** Redis takes nothing: what waits for it is let go, and with it the sharing of these runs. */
  private giveUp(): void {
    for (const run of this.runs.values()) {
      run.whole &&= run.waiting.length === 0;
      run.waiting = run.waiting.slice(-1);
    }
    this.waiting = 0;
  }
}

const sizeOf = ({ event }: LoggedEvent): number =>
  event.type === 'delta' || event.type === 'replace' ? event.text.length : 200;
