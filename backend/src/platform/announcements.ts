import { randomBytes } from 'node:crypto';
import {
  Injectable,
  Logger,
  type OnApplicationShutdown,
  type OnModuleDestroy,
  type OnModuleInit,
} from '@nestjs/common';
import { Subject } from 'rxjs';
import { Redis, type RedisConnection } from './redis.js';
import { REDIS_PATIENCE_MS, RedisPatience } from './redis-patience.js';

const CHANNEL = 'prosa:announcements';

/** What the processes of one database tell each other. */
export type Announcement =
  /** Whoever answers the run shall end it: somebody wants it stopped, or it is not its own any more. */
  | { readonly type: 'stop-run'; readonly runId: string; readonly reason: 'stopped' | 'lost' }
  /** The run that somebody elsewhere wanted stopped has been settled. */
  | { readonly type: 'run-stopped'; readonly runId: string }
  /** What the person may do, or whether their sessions stand, is to be read anew. */
  | { readonly type: 'person-changed'; readonly userId: number }
  /** The person may do nothing more: suspended, or deleted. */
  | { readonly type: 'person-barred'; readonly userId: number }
  | { readonly type: 'session-ended'; readonly sessionId: string };

/** An announcement, and whether it was made in this process. */
export type Heard = Announcement & { readonly here: boolean };

/**
 * Tells every process of what has just happened: this one at once, the others through Redis where
 * there is one. It only makes things quicker: whoever misses an announcement finds the same in the
 * database later. Several Prosas on one Redis hear each other, which does no harm: run ids are
 * random, and what is said of people is only a reason to look.
 */
@Injectable()
export class Announcements implements OnModuleInit, OnModuleDestroy, OnApplicationShutdown {
  private readonly logger = new Logger(Announcements.name);
  private readonly news = new Subject<Heard>();
  private readonly self = randomBytes(8).toString('hex');
  private readonly patience = new RedisPatience(REDIS_PATIENCE_MS);
  private sending: RedisConnection | undefined;
  private receiving: RedisConnection | undefined;

  /** Whoever listens must not throw. */
  readonly heard$ = this.news.asObservable();

  constructor(private readonly redis: Redis) {}

  async onModuleInit(): Promise<void> {
    if (this.redis.isConfigured) {
      [this.sending, this.receiving] = await Promise.all([
        this.redis.open(),
        // Asked for at each return: a first time that failed is not made up for by the client.
        this.redis.open((connection) => this.listen(connection)),
      ]);
    }
  }

  /** Those who listen are about to end. */
  onModuleDestroy(): void {
    this.news.complete();
  }

  onApplicationShutdown(): void {
    this.sending?.destroy();
    this.receiving?.destroy();
  }

  /** Whether what is told here reaches other processes now. */
  get isConnected(): boolean {
    return this.sending?.isReady === true && this.receiving?.isReady === true;
  }

  /** Never throws. @returns whether another process was there to hear it. */
  async tell(announcement: Announcement): Promise<boolean> {
    this.news.next({ ...announcement, here: true });
    const { sending } = this;
    if (!sending) {
      return false;
    }
    try {
      const message = JSON.stringify({ ...announcement, from: this.self });
      const heard = await this.patience.await(() => sending.publish(CHANNEL, message));
      return heard > 1; // One is this process itself.
    } catch (error) {
      this.logger.debug({ err: error, ...announcement }, 'other processes were not told');
      return false;
    }
  }

  private listen(connection: RedisConnection): void {
    const hear = (message: string) => {
      const heard = readAnnouncement(message);
      if (!heard) {
        this.logger.debug({ channel: CHANNEL }, 'what others say is not understood');
        return;
      }
      const { from, ...announcement } = heard;
      if (from !== this.self) this.news.next({ ...announcement, here: false });
    };
    connection.subscribe(CHANNEL, hear).catch((error: unknown) => {
      this.logger.debug({ err: error }, 'other processes are not heard');
    });
  }
}

/** @returns undefined for what is none: whoever may use this Redis may say anything on it. */
function readAnnouncement(message: string): (Announcement & { from: string }) | undefined {
  try {
    const said: unknown = JSON.parse(message);
    const isOne = typeof said === 'object' && said !== null && 'from' in said && 'type' in said;
    return isOne ? (said as Announcement & { from: string }) : undefined;
  } catch {
    return undefined;
  }
}
