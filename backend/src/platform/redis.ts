import { setTimeout as wait } from 'node:timers/promises';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { RedisClientType } from '@redis/client';
import { ENV } from '../config/config.module.js';
import type { Env } from '../config/env.schema.js';

/** RESP2: streams come as plain arrays, from Redis 6 and from Valkey alike. */
export type RedisConnection = RedisClientType<
  Record<string, never>,
  Record<string, never>,
  Record<string, never>,
  2
>;

const CONNECT_MS = 2000;
const LONGEST_PAUSE_MS = 2000;
const PING_MS = 10_000;
/** Bounds what waits for a server that has stopped answering. */
const MOST_COMMANDS = 10_000;

/** Connections to Redis, through which several processes of Prosa hear of each other. */
@Injectable()
export class Redis {
  private readonly logger = new Logger(Redis.name);

  constructor(@Inject(ENV) private readonly env: Env) {}

  get isConfigured(): boolean {
    return this.env.REDIS_URL !== undefined;
  }

  /**
   * Opens a connection, which comes back by itself when it is lost. While it is away each command
   * fails at once: nothing in Prosa waits for Redis.
   * @param onReady called each time it is there.
   * @returns the connection, open or not; whoever asked for it closes it.
   */
  async open(onReady?: (connection: RedisConnection) => void): Promise<RedisConnection> {
    // 40 ms and 10 MB that a server without Redis does not pay.
    const { createClient } = await import('@redis/client');
    const connection: RedisConnection = createClient({
      url: this.env.REDIS_URL ?? '',
      RESP: 2,
      disableOfflineQueue: true,
      commandsQueueMaxLength: MOST_COMMANDS,
      pingInterval: PING_MS,
      // Callers have limits of their own. The client's is an abort signal for each command, which
      // lives its 5 s through even when the answer came at once: with a thousand answers shared,
      // 40,000 of them, 100 MB, and half a second in which they expire together.
      commandOptions: { timeout: 0 },
      socket: {
        connectTimeout: CONNECT_MS,
        reconnectStrategy: (retries) => Math.min(50 * 2 ** retries, LONGEST_PAUSE_MS),
      },
    });
    this.report(connection);
    connection.on('ready', () => onReady?.(connection));
    // It goes on trying after a failure, and reports it.
    await Promise.race([
      connection.connect().catch(() => undefined),
      new Promise((resolve) => connection.once('error', resolve)),
      wait(CONNECT_MS, undefined, { ref: false }), // One that is taken, and hears nothing.
    ]);
    return connection;
  }

  /** An outage is one line, however often the connection fails in it. */
  private report(connection: RedisConnection): void {
    let away = false;
    connection.on('error', (error: unknown) => {
      if (!away) {
        this.logger.warn(
          { err: error },
          'Redis (REDIS_URL) is away: processes do not share answers',
        );
      }
      away = true;
    });
    connection.on('ready', () => {
      if (away) {
        this.logger.log('Redis is back');
      }
      away = false;
    });
  }
}
