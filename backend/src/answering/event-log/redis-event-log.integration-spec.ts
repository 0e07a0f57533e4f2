import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { ReleasedText } from '../../guardrails/guarded.js';
import { until } from '../../../test/fakes/ask-model.js';
import { startTcpProxy, type TcpProxy } from '../../../test/fakes/tcp-proxy.js';
import { aRedisLog, REDIS_URL } from '../../../test/harness/event-logs.js';
import type { Env } from '../../config/env.schema.js';
import { Redis } from '../../platform/redis.js';
import type { AnswerEvent } from '../answer-event.js';
import { type LoggedEvent, START } from './logged-event.js';
import { RedisEventLog } from './redis-event-log.js';
import { streamOf } from './run-streams.js';

const DONE: AnswerEvent = { type: 'done', status: 'done' };
const delta = (at: number, text: string): AnswerEvent => ({
  type: 'delta',
  at,
  text: text as ReleasedText,
});

it('should keep the runs of its own process where Redis cannot be reached', async () => {
  const log = await aRedisLog('redis://127.0.0.1:1');
  log.open('run', '');
  log.append('run', DONE);
  const heard: LoggedEvent[] = [];
  (await log.find('run'))?.(START, (event) => heard.push(event));
  expect(heard.map(({ event }) => event)).toEqual([DONE]);
  expect(await log.find('of another process')).toBeUndefined();
  await log.onApplicationShutdown();
});

for (const server of REDIS_URL === undefined ? [] : [new URL(REDIS_URL)]) {
  describe(`${RedisEventLog.name} on a server`, () => {
    let proxy: TcpProxy;
    let writer: RedisEventLog;
    let reader: RedisEventLog;
    let run: string;

    beforeEach(async () => {
      proxy = await startTcpProxy(Number(server.port));
      const url = `redis://127.0.0.1:${String(proxy.port)}`;
      [writer, reader] = await Promise.all([aRedisLog(url), aRedisLog(url)]);
      run = randomBytes(16).toString('hex');
    });
    afterEach(async () => {
      jest.restoreAllMocks();
      await Promise.all([writer.onApplicationShutdown(), reader.onApplicationShutdown()]);
      await proxy.close();
    });

    it('should leave nothing behind of what Redis has taken', async () => {
      const limits = jest.spyOn(AbortSignal, 'timeout');
      writer.open(run, '');
      writer.append(run, delta(0, 'a'));
      const heard = await heardOf(run);
      writer.append(run, DONE);
      await until(() => heard.at(-1)?.event.type === 'done');
      expect(limits).not.toHaveBeenCalled();
    });

    /** What a reader in another process hears of a run from now on. */
    async function heardOf(id: string): Promise<LoggedEvent[]> {
      const heard: LoggedEvent[] = [];
      await until(async () => {
        const follow = await reader.find(id);
        follow?.(START, (event) => heard.push(event));
        return follow !== undefined;
      });
      return heard;
    }

    const typesOf = (events: readonly LoggedEvent[]) => events.map(({ event }) => event.type);

    it('should send readers to the database when Redis goes away, and hold up no answer', async () => {
      writer.open(run, '');
      writer.append(run, delta(0, 'um '));
      const heard = await heardOf(run);
      await proxy.cut();
      expect(writer.append(run, delta(3, 'dois '))).toBeDefined();
      await until(() => typesOf(heard).at(-1) === 'reconnect');
      expect(await reader.find(run)).toBeUndefined();
      expect(await writer.find(run)).toBeDefined();

      await proxy.mend();
      writer.append(run, delta(8, 'três'));
      await until(async () => {
        const other = randomBytes(16).toString('hex');
        writer.open(other, '');
        writer.append(other, DONE);
        await new Promise((resolve) => setTimeout(resolve, 100));
        return (await reader.find(other)) !== undefined;
      });
      // Where Redis came back before anything was written to it, nothing is lost.
      await until(async () => {
        const follow = await reader.find(run);
        const heardLater: LoggedEvent[] = [];
        follow?.(START, (event) => heardLater.push(event))();
        return !follow || heardLater.at(-1)?.position.chars === 12;
      });
    });

    it('should begin without Redis, and share once it is there', async () => {
      await proxy.cut();
      const late = await aRedisLog(`redis://127.0.0.1:${String(proxy.port)}`);
      late.open(run, '');
      late.append(run, DONE);
      expect(await late.find(run)).toBeDefined();
      await proxy.mend();
      await until(async () => {
        const other = randomBytes(16).toString('hex');
        late.open(other, '');
        late.append(other, DONE);
        await new Promise((resolve) => setTimeout(resolve, 100));
        return (await reader.find(other)) !== undefined;
      });
      await late.onApplicationShutdown();
    });

    it('should share no more than a megabyte of a run', async () => {
      writer.open(run, '');
      writer.append(run, delta(0, 'a'));
      const heard = await heardOf(run);
      writer.append(run, delta(1, 'a'.repeat(1024 * 1024)));
      await until(() => typesOf(heard).at(-1) === 'reconnect');
      expect(await reader.find(run)).toBeUndefined();
    });

    it('should send away the readers of a run that another process ended', async () => {
      writer.open(run, '');
      writer.append(run, delta(0, 'a'));
      const heard = await heardOf(run);
      await reader.abandon(run);
      await until(() => typesOf(heard).at(-1) === 'reconnect');
      expect(await reader.find(run)).toBeUndefined();
    });

    it('should take nothing more of a run that another process ended', async () => {
      const redis = await new Redis({ REDIS_URL } as Env).open();
      const last = async () => (await redis.xRevRange(streamOf(run), '+', '-', { COUNT: 1 }))?.[0];
      writer.open(run, '');
      writer.append(run, delta(0, 'a'));
      await until(async () => (await last())?.message['events'] !== undefined);
      await reader.abandon(run);
      const end = await last();
      expect(end?.message).toEqual({ gone: '1' });
      // The process that was paused wakes up and goes on.
      writer.append(run, delta(1, 'b'));
      writer.append(run, DONE);
      await writer.onApplicationShutdown();
      await reader.abandon(run);
      expect(await last()).toEqual(end);
      // What Redis has forgotten is not begun again: its readers are sent to the database.
      await redis.del(streamOf(run));
      const late = await aRedisLog();
      late.open(run, '');
      late.append(run, delta(0, 'a'));
      await until(async () => (await last()) !== undefined);
      await redis.del(streamOf(run));
      late.append(run, delta(1, 'b'));
      await late.onApplicationShutdown();
      const left = (await redis.xRange(streamOf(run), '-', '+')) ?? [];
      expect(left.map(({ message }) => ({ ...message }))).toEqual([{ gone: '1' }]);
      redis.destroy();
    });

    it('should tell the end of a run although its process ends in the same moment', async () => {
      writer.open(run, '');
      writer.append(run, delta(0, 'a'));
      const heard = await heardOf(run);
      writer.append(run, DONE);
      await writer.onApplicationShutdown();
      await until(() => typesOf(heard).at(-1) === 'done');
    });
  });
}
