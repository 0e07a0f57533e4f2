import { Logger } from '@nestjs/common';
import type { RedisConnection } from '../../platform/redis.js';
import { RedisPatience } from '../../platform/redis-patience.js';
import type { FollowAnswer } from './event-log.js';
import type { EventListener, LoggedEvent, Position } from './logged-event.js';
import { RunLog } from './run-log.js';
import { streamOf } from './run-streams.js';

/** Longest a read waits for news before it looks whether somebody follows another run as well. */
const BLOCK_MS = 500;
/** Without an answer for so long Redis hangs, in milliseconds. */
const LONGEST_READ_MS = BLOCK_MS + 1500;
const ENTRIES_AT_ONCE = 500;
/** How soon readers whom Redis cannot serve ask again: the database answers them then. */
const ASK_AGAIN_MS = 1000;

/** Far longer than what is shared takes from one process to another. */
const CATCH_UP_MS = 150;

const noop = () => undefined;

interface StreamMessage {
  readonly id: string;
  readonly message: Partial<Record<'open' | 'events', string>>;
}

/** A run of another process, as far as it has been read. */
interface Mirror {
  readonly log: RunLog;
  lastId: string;
  readers: number;
}

/** Follows runs that other processes answer: one copy a run, however many read it here. */
export class RunMirrors {
  private readonly logger = new Logger(RunMirrors.name);
  private readonly mirrors = new Map<string, Mirror>();
  private reading = false;
  private left = false;

  private readonly blockedPatience = new RedisPatience(LONGEST_READ_MS);

  /**
   * @param blocked a connection of its own, which waits for news.
   * @param patience with the other one.
   */
  constructor(
    private readonly redis: RedisConnection,
    private readonly blocked: RedisConnection,
    private readonly patience: RedisPatience,
  ) {}

  /** @returns undefined when the run is not there, not whole, or out of reach. */
  async find(runId: string): Promise<FollowAnswer | undefined> {
    if (this.left) {
      return undefined;
    }
    let loaded = this.mirrors.get(runId);
    try {
      loaded ??= await this.load(runId);
    } catch (error) {
      this.logger.debug({ err: error, runId }, 'a run of another process cannot be followed');
    }
    return loaded && this.following(runId, loaded);
  }

  /** Sends every reader to another process, and takes no more. */
  leave(): void {
    this.left = true;
    for (const id of [...this.mirrors.keys()]) this.sendAway(id);
  }

  private async load(runId: string): Promise<Mirror | undefined> {
    const entries: readonly StreamMessage[] | null = await this.patience.await(() =>
      this.redis.xRange(streamOf(runId), '-', '+'),
    );
    const [first, ...rest] = entries ?? [];
    const opening = first?.message.open;
    if (first === undefined || opening === undefined) {
      return undefined;
    }
    const mirror = { log: new RunLog(opening), lastId: first.id, readers: 0 };
    return rest.every((entry) => take(mirror, entry)) ? mirror : undefined;
  }

  private following(runId: string, loaded: Mirror): FollowAnswer {
    return (after, listener) => {
      if (this.left) {
        return leaveAt(after, listener);
      }
      const mirror = this.mirrors.get(runId) ?? loaded;
      const release = mirror.log.done ? noop : this.keep(runId, mirror);
      const follow = () =>
        mirror.log.done || this.mirrors.get(runId) === mirror
          ? mirror.log.follow(after, listener)
          : leaveAt(after, listener);
      if (mirror.log.done || after.seq <= mirror.log.seq) {
        const stop = follow();
        return () => {
          stop();
          release();
        };
      }
      // The process that this reader comes from was ahead of what had been sent here.
      let stop: () => void = noop;
      const timer = setTimeout(() => (stop = follow()), CATCH_UP_MS);
      return () => {
        clearTimeout(timer);
        stop();
        release();
      };
    };
  }

  /** Reads on while somebody follows. @returns to be called when that reader leaves. */
  private keep(runId: string, mirror: Mirror): () => void {
    mirror.readers += 1;
    this.mirrors.set(runId, mirror);
    if (!this.reading) void this.read();
    return () => {
      mirror.readers -= 1;
      if (mirror.readers === 0 && this.mirrors.get(runId) === mirror) this.mirrors.delete(runId);
    };
  }

  /** Reads the news of all mirrored runs together while anybody follows one. */
  private async read(): Promise<void> {
    this.reading = true;
    try {
      while (this.mirrors.size > 0) {
        const streams = [...this.mirrors].map(([id, { lastId }]) => ({
          key: streamOf(id),
          id: lastId,
        }));
        const options = { BLOCK: BLOCK_MS, COUNT: ENTRIES_AT_ONCE };
        const news = await this.blockedPatience.await(() => this.blocked.xRead(streams, options));
        for (const { name, messages } of news ?? []) {
          this.takeAll(String(name), messages);
        }
      }
    } catch (error) {
      this.logger.debug({ err: error }, 'runs of other processes cannot be followed');
      for (const id of [...this.mirrors.keys()]) this.sendAway(id);
    } finally {
      this.reading = false;
    }
  }

  private takeAll(key: string, entries: readonly StreamMessage[]): void {
    const runId = key.slice(streamOf('').length);
    const mirror = this.mirrors.get(runId);
    if (!mirror) {
      return; // Its last reader has left meanwhile.
    }
    if (!entries.every((entry) => take(mirror, entry))) {
      this.sendAway(runId);
    } else if (mirror.log.done) {
      this.mirrors.delete(runId);
    }
  }

  private sendAway(runId: string): void {
    const mirror = this.mirrors.get(runId);
    this.mirrors.delete(runId);
    mirror?.log.append({ type: 'reconnect', afterMs: ASK_AGAIN_MS });
  }
}

function leaveAt(position: Position, listener: EventListener): () => void {
  listener({ position, event: { type: 'reconnect', afterMs: ASK_AGAIN_MS } });
  return noop;
}

/** @returns false when the rest of the run is not in its stream. */
function take(mirror: Mirror, { id, message }: StreamMessage): boolean {
  mirror.lastId = id;
  const { events } = message;
  if (events === undefined) {
    return false;
  }
  return (JSON.parse(events) as LoggedEvent[]).every((logged) => mirror.log.restore(logged));
}
