import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Process, Run, Usage } from '#db';
import { Metrics } from '../../src/platform/metrics.js';
import { TEST_SERVERS } from '../../../db/test/test-databases.js';
import { until } from '../fakes/ask-model.js';
import { type OpenAiServer, startOpenAiServer } from '../fakes/openai-server.js';
import { follow, getPost } from '../harness/asking.js';
import { startChildServer } from '../harness/child-server.js';
import { aPlace } from '../harness/place.js';
import { type TwoServers, twoServers } from '../harness/two-servers.js';

const WORDS = Array.from({ length: 3000 }, (_, n) => `palavra${String(n)} `);

/** Six seconds of silence, and the two seconds between two looks. */
const SWEPT_WITHIN_MS = 6000 + 2000 + 1000;

it('should refuse a second process on an embedded database, and say who holds it', async () => {
  const place = await aPlace('sqlite', { LLM_MODELS: 'quotes' });
  const first = await startChildServer(place.settings);
  await expect(startChildServer(place.settings)).rejects.toThrow(
    /ended with 1:\nThe data folder .* is in use by process \d+, since 20/,
  );
  await first.end('SIGKILL');
  const next = await startChildServer(place.settings);
  await next.end('SIGTERM');
  await place.drop();
});

for (const engine of TEST_SERVERS) {
  describe(`two processes on one ${engine}`, () => {
    let provider: OpenAiServer;
    let servers: TwoServers;

    beforeAll(async () => {
      provider = await startOpenAiServer();
      servers = await twoServers(engine, provider);
    });
    afterAll(async () => {
      await servers.close();
      await provider.close();
    });

    function aRunOfOne() {
      provider.script({ words: WORDS, delayMs: 10 });
      return servers.aRunOfOne(300);
    }

    async function untilSwept(id: number): Promise<number> {
      const begin = performance.now();
      while ((await getPost(servers.onOther, id)).status === 'answering') await wait(100);
      return performance.now() - begin;
    }

    const ledger = (postId: number) =>
      servers.other.dataSource.getRepository(Usage).findBy({ postId });

    it('should tell the administrator, and whoever reads the metrics', async () => {
      const read = () =>
        servers.onOther.get('/api/notices', { headers: { 'accept-language': 'pt-BR' } });
      await until(async () => {
        const [notice] = (await read()).body['items'] as { code: string; message: string }[];
        return notice?.code === 'SETUP.NO_REDIS' && notice.message.startsWith('2 processos');
      });
      const metrics = await servers.other.app.get(Metrics).text();
      expect(metrics).toMatch(/^prosa_processes 2$/m);
      expect(metrics).toMatch(/^prosa_answers_polled 1$/m);
    });

    it('should send a reader of the other process what is stored, and ask it back', async () => {
      const { stream, id } = await aRunOfOne();
      const elsewhere = await follow(servers.onOther, id);
      const frames = await elsewhere.all();
      expect(frames.at(-1)).toMatchObject({ type: 'reconnect', data: { afterMs: 1000 } });
      expect(elsewhere.text.length).toBeGreaterThan(0);
      expect(WORDS.join('').startsWith(elsewhere.text)).toBe(true);
      const later = await follow(servers.onOther, id, frames.at(-1)?.id);
      await later.all();
      await servers.onOne.post(`/api/posts/${String(id)}/stop`);
      await stream.all();
      const rest = await follow(servers.onOther, id, `9.${String(elsewhere.text.length)}`);
      await rest.all();
      expect(rest.frames.at(-1)?.data).toEqual({ status: 'stopped' });
    });

    it.each([
      ['a stop', (id: number) => servers.onOther.post(`/api/posts/${String(id)}/stop`)],
      [
        'the trash',
        async (id: number) => {
          const { conversationId } = await getPost(servers.onOther, id);
          return servers.onOther.delete(`/api/conversations/${String(conversationId)}`);
        },
      ],
    ])('should end by %s what the other process answers', async (_, end) => {
      const { stream, id } = await aRunOfOne();
      await wait(400);
      expect((await end(id)).status).toBe(204);
      await stream.all();
      expect(stream.frames.at(-1)?.data).toEqual({ status: 'stopped' });
      const post = await getPost(servers.onOther, id);
      expect(post).toMatchObject({ status: 'stopped' });
      expect(post.body.length).toBeGreaterThan(0);
      expect(WORDS.join('').startsWith(post.body)).toBe(true);
      expect(await ledger(id)).toMatchObject([{ outcome: 'stopped' }]);
      const { aborted } = provider.requests.at(-1) ?? {};
      expect(aborted).toBeDefined();
    });

    it('should end what the other process answers although its model says nothing more', async () => {
      provider.script({ words: ['um ', 'dois '], hangAfter: 1 });
      const { stream, id } = await servers.aRunOfOne(3);
      await until(async () => (await getPost(servers.onOther, id)).body === 'um ');
      expect((await servers.onOther.post(`/api/posts/${String(id)}/stop`)).status).toBe(204);
      expect(await getPost(servers.onOther, id)).toMatchObject({ status: 'stopped', body: 'um ' });
      // No checkpoint is due: the process finds out when it gives its next sign of life.
      expect((await stream.all()).at(-1)?.data).toEqual({ status: 'stopped' });
      await until(() => provider.requests.at(-1)?.aborted !== undefined);
    });

    it('should end the runs of a process that fell silent, which then changes nothing more', async () => {
      const { stream, id } = await aRunOfOne();
      await wait(400);
      servers.one.signal('SIGSTOP');
      expect(await untilSwept(id)).toBeLessThan(SWEPT_WITHIN_MS);
      const swept = await getPost(servers.onOther, id);
      expect(swept).toMatchObject({ status: 'interrupted', error: { code: 'RUN.INTERRUPTED' } });
      const before = await ledger(id);
      expect(before).toMatchObject([{ outcome: 'interrupted', estimated: true }]);

      servers.one.signal('SIGCONT');
      await stream.all();
      expect(stream.frames.at(-1)?.data).toEqual({ status: 'interrupted' });
      await wait(500);
      expect(await getPost(servers.onOther, id)).toEqual(swept);
      expect(await ledger(id)).toEqual(before);
      expect(provider.requests.at(-1)?.aborted).toBeDefined();
    }, 30_000);

    it('should end the runs of a process that died', async () => {
      const { stream, id } = await aRunOfOne();
      await servers.one.end('SIGKILL');
      expect(await untilSwept(id)).toBeLessThan(SWEPT_WITHIN_MS);
      const post = await getPost(servers.onOther, id);
      expect(post.status).toBe('interrupted');
      expect(post.body.length).toBeGreaterThan(0);
      expect(stream.text.startsWith(post.body) || post.body.startsWith(stream.text)).toBe(true);
      expect(await ledger(id)).toMatchObject([{ outcome: 'interrupted' }]);
      const open = await servers.other.dataSource
        .getRepository(Run)
        .countBy({ status: 'answering' });
      expect(open).toBe(0);
      expect(await servers.other.dataSource.getRepository(Process).count()).toBeGreaterThan(0);
    }, 30_000);
  });
}
