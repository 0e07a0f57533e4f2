import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TEST_SERVERS } from '../../../db/test/test-databases.js';
import { until } from '../fakes/ask-model.js';
import { type OpenAiServer, startOpenAiServer } from '../fakes/openai-server.js';
import { startTcpProxy, type TcpProxy } from '../fakes/tcp-proxy.js';
import { joined } from '../harness/answer-stream.js';
import { settingsFor } from '../harness/answering-app.js';
import { aFirstAdministrator, ApiClient, aPerson } from '../harness/api-client.js';
import { aConversation, askStream, follow, getPost } from '../harness/asking.js';
import { type ChildServer, startChildServer } from '../harness/child-server.js';
import { REDIS_URL } from '../harness/event-logs.js';
import { aPlace, type Place } from '../harness/place.js';
import type { TestApp } from '../harness/test-app.js';

const WORDS = Array.from({ length: 120 }, (_, n) => `palavra${String(n)} `);
/** Read in a minute. */
const ENDLESS = Array.from({ length: 3000 }, (_, n) => `palavra${String(n)} `);

it('should start where Redis cannot be reached', async () => {
  const place = await aPlace('sqlite', { LLM_MODELS: 'quotes', REDIS_URL: 'redis://127.0.0.1:1' });
  const app = await place.start();
  const { client } = await aFirstAdministrator(app);
  expect((await client.get('/health/ready')).status).toBe(200);
  await app.close();
  await place.drop();
});

for (const engine of REDIS_URL === undefined ? [] : TEST_SERVERS.slice(0, 1)) {
  describe(`two processes on one ${engine}, and Redis`, () => {
    let provider: OpenAiServer;
    let proxy: TcpProxy;
    let place: Place;
    let one: ChildServer;
    let other: TestApp;
    let onOne: ApiClient;
    let onOther: ApiClient;

    beforeAll(async () => {
      provider = await startOpenAiServer();
      proxy = await startTcpProxy(Number(new URL(String(REDIS_URL)).port));
      const url = `redis://127.0.0.1:${String(proxy.port)}`;
      place = await aPlace(engine, { ...settingsFor(provider), REDIS_URL: url });
      one = await startChildServer(place.settings);
      other = await place.start();
      ({ client: onOne } = await aFirstAdministrator(one));
      onOther = new ApiClient(other.url);
      onOther.token = onOne.token;
    });
    afterAll(async () => {
      await one.end('SIGKILL');
      await other.close();
      await place.drop();
      await proxy.close();
      await provider.close();
    });

    async function aRunOfOne(words: readonly string[]) {
      provider.script({ words, delayMs: 20 });
      const stream = await askStream(onOne, await aConversation(onOne), { prompt: 'conta' });
      await stream.untilText(50);
      return { stream, id: Number(stream.frames[0]?.data['postId']) };
    }

    it('should let a reader of the other process follow live to the end', async () => {
      const { stream, id } = await aRunOfOne(WORDS);
      const elsewhere = await follow(onOther, id);
      const frames = await elsewhere.all();
      expect(frames.at(-1)).toMatchObject({ type: 'done', data: { status: 'done' } });
      expect(elsewhere.text).toBe(WORDS.join(''));
      await stream.all();
      expect(frames.map(({ id }) => id.split('.')[0]).at(-1)).toBe(
        stream.frames.at(-1)?.id.split('.')[0],
      );
    });

    it('should let a reader move to the other process in the middle', async () => {
      const { stream, id } = await aRunOfOne(WORDS);
      await stream.leave();
      const moved = await follow(onOther, id, stream.frames.at(-1)?.id);
      await moved.all();
      expect(joined(moved.frames, stream.text)).toBe(WORDS.join(''));
      expect(moved.types.filter((type) => type === 'route')).toEqual([]);
    });

    it('should keep strangers out of what another process answers', async () => {
      const { stream, id } = await aRunOfOne(WORDS);
      const { client: stranger } = await aPerson(other, { client: onOther }, 'bia');
      expect((await stranger.get(`/api/posts/${String(id)}/events`)).status).toBe(404);
      await stream.all();
    });

    it('should send readers to the database while Redis is away', async () => {
      const { stream, id } = await aRunOfOne(ENDLESS);
      const elsewhere = await follow(onOther, id);
      await elsewhere.untilText(50);
      await proxy.cut();
      expect((await elsewhere.all()).at(-1)?.type).toBe('reconnect');
      const rest = await follow(onOther, id, elsewhere.frames.at(-1)?.id);
      expect((await rest.all()).at(-1)?.type).toBe('reconnect');
      expect(ENDLESS.join('').startsWith(joined(rest.frames, elsewhere.text))).toBe(true);
      await proxy.mend();
      expect((await onOne.post(`/api/posts/${String(id)}/stop`)).status).toBe(204);
      await stream.all();
      expect(stream.frames.at(-1)?.data).toEqual({ status: 'stopped' });
      await until(async () => {
        const again = await aRunOfOne(WORDS);
        const joined = await follow(onOther, again.id);
        await Promise.all([joined.all(), again.stream.all()]);
        return joined.types.at(-1) === 'done';
      });
    });

    it('should tell readers of the other process when the one that answers dies', async () => {
      const { id } = await aRunOfOne(ENDLESS);
      const elsewhere = await follow(onOther, id);
      await elsewhere.untilText(50);
      await one.end('SIGKILL');
      const last = (await elsewhere.all()).at(-1);
      expect(last?.type).toBe('reconnect');
      const rest = await follow(onOther, id, last?.id);
      expect((await rest.all()).at(-1)?.data).toEqual({ status: 'interrupted' });
      expect(joined(rest.frames, elsewhere.text)).toBe((await getPost(onOther, id)).body);
    });
  });
}
