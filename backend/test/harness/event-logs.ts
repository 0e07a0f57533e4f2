import { randomBytes } from 'node:crypto';
import type { Env } from '../../src/config/env.schema.js';
import type { EventLog } from '../../src/answering/event-log/event-log.js';
import { MemoryEventLog } from '../../src/answering/event-log/memory-event-log.js';
import { RedisEventLog } from '../../src/answering/event-log/redis-event-log.js';
import { Redis } from '../../src/platform/redis.js';

/** `redis://127.0.0.1:6379`. `tools/test.mjs` starts one. */
export const REDIS_URL = process.env['TEST_REDIS_URL'];

/** The logs this machine can test; `tools/test.mjs` names what it leaves out. */
export const LOG_KINDS = [
  'in memory',
  ...(REDIS_URL === undefined ? [] : ['in Redis, read where it is written', 'in Redis']),
] as const;

/** The log of a run, where it is written and where it is read. */
export interface EventLogs {
  readonly run: string;
  readonly writer: EventLog;
  readonly reader: EventLog;
  close(): Promise<void>;
}

export async function eventLogs(kind: string): Promise<EventLogs> {
  const run = randomBytes(16).toString('hex');
  if (kind === 'in memory') {
    const log = new MemoryEventLog();
    return { run, writer: log, reader: log, close: () => Promise.resolve() };
  }
  const writer = await aRedisLog();
  const reader = kind === 'in Redis' ? await aRedisLog() : writer;
  return {
    run,
    writer,
    reader,
    async close() {
      await writer.onApplicationShutdown();
      if (reader !== writer) await reader.onApplicationShutdown();
    },
  };
}

/** A log of its own, as another process would have it. */
export async function aRedisLog(url = REDIS_URL): Promise<RedisEventLog> {
  const log = new RedisEventLog(new Redis({ REDIS_URL: url } as Env));
  await log.onModuleInit();
  return log;
}
