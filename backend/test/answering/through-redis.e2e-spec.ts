import net, { type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { streamOf } from '../../src/answering/event-log/run-streams.js';
import type { Env } from '../../src/config/env.schema.js';
import { Metrics } from '../../src/platform/metrics.js';
import { Redis, type RedisConnection } from '../../src/platform/redis.js';
import { TEST_SERVERS } from '../../../db/test/test-databases.js';
import { until } from '../fakes/ask-model.js';
import {
  type OpenAiBehaviour,
  type OpenAiServer,
  startOpenAiServer,
} from '../fakes/openai-server.js';
import { startTcpProxy, type TcpProxy } from '../fakes/tcp-proxy.js';
import { type AnswerStream, joined } from '../harness/answer-stream.js';
import { aFirstAdministrator, ApiClient, aPerson, PASSWORD } from '../harness/api-client.js';
import { follow, getPost } from '../harness/asking.js';
import { REDIS_URL } from '../harness/event-logs.js';
import { aPlace } from '../harness/place.js';
import { sameAt, type TwoServers, twoServers } from '../harness/two-servers.js';

const WORDS = Array.from({ length: 120 }, (_, n) => `palavra${String(n)} `);
const SHORT = { words: WORDS, delayMs: 20 };
const ENDLESS = Array.from({ length: 3000 }, (_, n) => `palavra${String(n)} `);
/** Takes a minute. */
const LONG = { words: ENDLESS, delayMs: 20 };
/** A model that says one thing, and then nothing more: no checkpoint will ever be due again. */
const SILENT = { words: ['um ', 'dois '], hangAfter: 1 };

it('should start where Redis cannot be reached, or says nothing', async () => {
  const mute = net.createServer((socket) => socket.on('error', () => socket.destroy()));
  await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
  const { port } = mute.address() as AddressInfo;
  for (const url of ['redis://127.0.0.1:1', `redis://127.0.0.1:${String(port)}`]) {
    const place = await aPlace('sqlite', { LLM_MODELS: 'quotes', REDIS_URL: url });
    const app = await place.start();
    const { client } = await aFirstAdministrator(app);
    expect((await client.get('/health/ready')).status).toBe(200);
    await app.close();
    await place.drop();
  }
  mute.close();
}, 60_000);

for (const engine of REDIS_URL === undefined ? [] : TEST_SERVERS.slice(0, 1)) {
  describe(`two processes on one ${engine}, and Redis`, () => {
    let provider: OpenAiServer;
    let proxy: TcpProxy;
    let servers: TwoServers;
    let redis: RedisConnection;

    beforeAll(async () => {
      provider = await startOpenAiServer();
      proxy = await startTcpProxy(Number(new URL(String(REDIS_URL)).port));
      const url = `redis://127.0.0.1:${String(proxy.port)}`;
      servers = await twoServers(engine, provider, { REDIS_URL: url });
      redis = await new Redis({ REDIS_URL } as Env).open();
    });
    afterAll(async () => {
      redis.destroy();
      await servers.close();
      await proxy.close();
      await provider.close();
    });

    const streamKey = ({ frames }: AnswerStream) => streamOf(String(frames[0]?.data['runId']));

    /** A run of the first process, of which the other one can hear. */
    async function aRunOfOne(script: OpenAiBehaviour, asker?: ApiClient) {
      provider.script(script);
      const run = await servers.aRunOfOne(3, asker);
      await until(async () => (await redis.xLen(streamKey(run.stream))) > 1);
      return { ...run, asked: provider.requests.at(-1) };
    }

    it('should let a reader of the other process follow live to the end', async () => {
      const { stream, id } = await aRunOfOne(SHORT);
      const elsewhere = await follow(servers.onOther, id);
      const frames = await elsewhere.all();
      expect(frames.at(-1)).toMatchObject({ type: 'done', data: { status: 'done' } });
      expect(elsewhere.text).toBe(WORDS.join(''));
      await stream.all();
      expect(frames.map(({ id }) => id.split('.')[0]).at(-1)).toBe(
        stream.frames.at(-1)?.id.split('.')[0],
      );
    });

    it('should let a reader move to the other process in the middle', async () => {
      const { stream, id } = await aRunOfOne(SHORT);
      await stream.leave();
      const moved = await follow(servers.onOther, id, stream.frames.at(-1)?.id);
      await moved.all();
      expect(joined(moved.frames, stream.text)).toBe(WORDS.join(''));
      expect(moved.types.filter((type) => type === 'route')).toEqual([]);
    });

    it('should keep strangers out of what another process answers', async () => {
      const { stream, id } = await aRunOfOne(SHORT);
      const { client: stranger } = await aPerson(servers.other, { client: servers.onOther }, 'bia');
      expect((await stranger.get(`/api/posts/${String(id)}/events`)).status).toBe(404);
      await stream.all();
    });

    it.each([
      ['a stop', (id: number) => servers.onOther.post(`/api/posts/${String(id)}/stop`)],
      [
        'the trash',
        (_: number, conversation: number) =>
          servers.onOther.delete(`/api/conversations/${String(conversation)}`),
      ],
    ])('should end at once by %s what another process answers', async (_, end) => {
      const { stream, id, conversationId, asked } = await aRunOfOne(SILENT);
      await until(async () => (await getPost(servers.onOther, id)).body === 'um ');
      const elsewhere = await follow(servers.onOther, id);
      expect((await end(id, conversationId)).status).toBe(204);
      await until(() => asked?.aborted !== undefined);
      for (const reader of [stream, elsewhere]) {
        // From the process that answered: a run ended in its place would send its readers away.
        expect((await reader.all()).at(-1)).toMatchObject({
          type: 'done',
          data: { status: 'stopped' },
        });
        expect(reader.text).toBe('um ');
      }
      expect(await getPost(servers.onOther, id)).toMatchObject({ status: 'stopped', body: 'um ' });
    });

    it('should close the streams of a person who is suspended, and end their answers, everywhere', async () => {
      const rui = await aPerson(servers.other, { client: servers.onOther }, 'rui');
      const { stream, id, asked } = await aRunOfOne(SILENT, sameAt(servers.one, rui.client));
      const elsewhere = await follow(rui.client, id);
      await elsewhere.untilText(3);
      const suspended = await servers.onOther.patch(`/api/users/${String(rui.user.id)}`, {
        suspended: true,
      });
      expect(suspended.status).toBe(200);
      await Promise.all([stream.closed, elsewhere.closed]);
      await until(() => asked?.aborted !== undefined);
      const { status } = await sameAt(servers.one, rui.client).get(`/api/posts/${String(id)}`);
      expect(status).toBe(401);
    });

    it('should end nothing because of what another Prosa says of its own people', async () => {
      const lia = await aPerson(servers.other, { client: servers.onOther }, 'lia');
      const { stream } = await aRunOfOne(SHORT, sameAt(servers.one, lia.client));
      const message = { type: 'person-barred', userId: lia.user.id, from: 'elsewhere' };
      expect(
        await redis.publish('prosa:announcements', JSON.stringify(message)),
      ).toBeGreaterThanOrEqual(2);
      expect((await stream.all()).at(-1)?.data).toEqual({ status: 'done' });
    });

    it('should close the streams of a session that ended, everywhere, and no others', async () => {
      const caio = await aPerson(servers.other, { client: servers.onOther }, 'caio');
      const phone = new ApiClient(servers.other.url);
      await phone.signIn('caio', PASSWORD);
      const { stream, id } = await aRunOfOne(SILENT, sameAt(servers.one, caio.client));
      const [elsewhere, onPhone] = [await follow(caio.client, id), await follow(phone, id)];
      await Promise.all([elsewhere.untilText(3), onPhone.untilText(3)]);
      expect((await caio.client.post('/api/auth/logout')).status).toBe(204);
      await Promise.all([stream.closed, elsewhere.closed]);
      expect((await getPost(phone, id)).status).toBe('answering');
      expect((await phone.post(`/api/posts/${String(id)}/stop`)).status).toBe(204);
      expect((await onPhone.all()).at(-1)?.data).toEqual({ status: 'stopped' });
    });

    it('should share nothing of what a process does that was paused, and has lost its runs', async () => {
      const { stream, id } = await aRunOfOne(LONG);
      const key = streamKey(stream);
      const elsewhere = await follow(servers.onOther, id);
      await elsewhere.untilText(50);
      servers.one.signal('SIGSTOP');
      expect((await elsewhere.all()).at(-1)?.type).toBe('reconnect');
      const swept = await getPost(servers.onOther, id);
      expect(swept.status).toBe('interrupted');
      const last = async () => (await redis.xRevRange(key, '+', '-', { COUNT: 1 }))?.[0];
      const end = await last();
      expect(end?.message).toEqual({ gone: '1' });

      servers.one.signal('SIGCONT');
      expect((await stream.all()).at(-1)?.data).toEqual({ status: 'interrupted' });
      expect(await last()).toEqual(end);
      expect(await getPost(servers.onOther, id)).toEqual(swept);
      const rest = await follow(servers.onOther, id, elsewhere.frames.at(-1)?.id);
      expect((await rest.all()).at(-1)?.data).toEqual({ status: 'interrupted' });
      expect(joined(rest.frames, elsewhere.text)).toBe(swept.body);
    }, 30_000);

    it('should tell the administrator only while Redis is away', async () => {
      const metrics = servers.other.app.get(Metrics);
      await until(async () => /^prosa_processes 2$/m.test(await metrics.text()));
      const codes = async () =>
        ((await servers.onOther.get('/api/notices')).body['items'] as { code: string }[]).map(
          ({ code }) => code,
        );
      expect(await codes()).toEqual([]);
      await proxy.cut();
      await until(async () => (await codes())[0] === 'SETUP.REDIS_AWAY');
      await proxy.mend();
      await until(async () => (await codes()).length === 0);
    });

    it('should send readers to the database while Redis is away', async () => {
      const { stream, id } = await aRunOfOne(LONG);
      const elsewhere = await follow(servers.onOther, id);
      await elsewhere.untilText(50);
      await proxy.cut();
      expect((await elsewhere.all()).at(-1)?.type).toBe('reconnect');
      const rest = await follow(servers.onOther, id, elsewhere.frames.at(-1)?.id);
      expect((await rest.all()).at(-1)?.type).toBe('reconnect');
      expect(ENDLESS.join('').startsWith(joined(rest.frames, elsewhere.text))).toBe(true);
      await proxy.mend();
      expect((await servers.onOne.post(`/api/posts/${String(id)}/stop`)).status).toBe(204);
      await stream.all();
      expect(stream.frames.at(-1)?.data).toEqual({ status: 'stopped' });
      await until(async () => {
        const again = await aRunOfOne(SHORT);
        const joined = await follow(servers.onOther, again.id);
        await Promise.all([joined.all(), again.stream.all()]);
        return joined.types.at(-1) === 'done';
      });
    });

    it('should keep nobody waiting while Redis takes commands and answers none', async () => {
      const { stream, id, asked } = await aRunOfOne(LONG);
      const elsewhere = await follow(servers.onOther, id);
      await elsewhere.untilText(50);
      proxy.damage({ hangs: true });
      expect((await elsewhere.all()).at(-1)?.type).toBe('reconnect');
      const rest = await follow(servers.onOther, id, elsewhere.frames.at(-1)?.id);
      expect((await rest.all()).at(-1)?.type).toBe('reconnect');
      expect((await servers.onOther.post(`/api/posts/${String(id)}/stop`)).status).toBe(204);
      expect(await getPost(servers.onOther, id)).toMatchObject({ status: 'stopped' });
      await until(() => asked?.aborted !== undefined);
      expect((await stream.all()).at(-1)?.data).toEqual({ status: 'stopped' });
      await proxy.mend();
      await until(async () => {
        const again = await aRunOfOne(SHORT);
        const joined = await follow(servers.onOther, again.id);
        await Promise.all([joined.all(), again.stream.all()]);
        return joined.types.at(-1) === 'done';
      });
    }, 60_000);

    it('should mind nothing that others say on the same Redis and that is no announcement', async () => {
      const { stream } = await aRunOfOne(SHORT);
      for (const said of ['', '{', 'null', '7', '{}', '{"type":"x","from":"y"}']) {
        expect(await redis.publish('prosa:announcements', said)).toBeGreaterThanOrEqual(2);
      }
      expect((await stream.all()).at(-1)?.data).toEqual({ status: 'done' });
      expect((await servers.onOther.get('/health/live')).status).toBe(200);
    });

    it('should tell readers of the other process when the one that answers dies', async () => {
      const { id } = await aRunOfOne(LONG);
      const elsewhere = await follow(servers.onOther, id);
      await elsewhere.untilText(50);
      await servers.one.end('SIGKILL');
      const last = (await elsewhere.all()).at(-1);
      expect(last?.type).toBe('reconnect');
      const rest = await follow(servers.onOther, id, last?.id);
      expect((await rest.all()).at(-1)?.data).toEqual({ status: 'interrupted' });
      expect(joined(rest.frames, elsewhere.text)).toBe((await getPost(servers.onOther, id)).body);
    });
  });
}
