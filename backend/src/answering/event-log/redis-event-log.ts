import { Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { AnswerEvent } from '../answer-event.js';
import { Redis, type RedisConnection } from '../../platform/redis.js';
import { REDIS_PATIENCE_MS, RedisPatience } from '../../platform/redis-patience.js';
import { EventLog, type FollowAnswer } from './event-log.js';
import type { LoggedEvent } from './logged-event.js';
import { RunMirrors } from './run-mirrors.js';
import { RunStreams } from './run-streams.js';

/**
 * The event log of several processes: each keeps its own runs in memory and writes them to Redis,
 * from where the others follow them. Where Redis is away nothing waits, and readers of another
 * process get what the database holds.
 */
@Injectable()
export class RedisEventLog extends EventLog implements OnModuleInit, OnApplicationShutdown {
  private readonly patience = new RedisPatience(REDIS_PATIENCE_MS);
  private connections: readonly RedisConnection[] = [];
  private streams: RunStreams | undefined;
  private mirrors: RunMirrors | undefined;

  constructor(private readonly redis: Redis) {
    super();
  }

  async onModuleInit(): Promise<void> {
    const [writing, blocked] = await Promise.all([this.redis.open(), this.redis.open()]);
    this.connections = [writing, blocked];
    this.streams = new RunStreams(writing);
    this.mirrors = new RunMirrors(writing, blocked, this.patience);
  }

  /** By now every run of this process has ended: readers elsewhere shall hear how. */
  async onApplicationShutdown(): Promise<void> {
    await this.streams?.close();
    for (const connection of this.connections) connection.destroy();
  }

  override open(runId: string, text: string): void {
    super.open(runId, text);
    this.streams?.open(runId, text);
  }

  override append(runId: string, event: AnswerEvent): LoggedEvent | undefined {
    const logged = super.append(runId, event);
    if (logged) this.streams?.add(runId, logged);
    return logged;
  }

  override async abandon(runId: string): Promise<void> {
    const { streams } = this;
    // Away: nobody follows it there.
    await this.patience.await(async () => streams?.end(runId)).catch(() => undefined);
  }

  override leave(): void {
    this.mirrors?.leave();
  }

  protected async elsewhere(runId: string): Promise<FollowAnswer | undefined> {
    return this.mirrors?.find(runId);
  }
}
