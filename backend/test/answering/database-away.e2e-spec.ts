import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Usage } from '#db';
import { TEST_SERVERS } from '../../../db/test/test-databases.js';
import { type OpenAiServer, startOpenAiServer } from '../fakes/openai-server.js';
import { startTcpProxy, type TcpProxy } from '../fakes/tcp-proxy.js';
import { settingsFor } from '../harness/answering-app.js';
import { aFirstAdministrator, type ApiClient } from '../harness/api-client.js';
import { aConversation, ask, asked, askStream, branchOf, getPost } from '../harness/asking.js';
import { aPlace, type Place } from '../harness/place.js';
import type { TestApp } from '../harness/test-app.js';

describe(startTcpProxy.name, () => {
  it('should break and refuse connections while it is cut', async () => {
    const provider = await startOpenAiServer();
    const proxy = await startTcpProxy(provider.port);
    const get = () => fetch(`http://127.0.0.1:${String(proxy.port)}/v1/models`);
    expect((await get()).status).toBe(200);
    await proxy.cut();
    await expect(get()).rejects.toThrow();
    await proxy.mend();
    expect((await get()).status).toBe(200);
    await proxy.close();
    await provider.close();
  });
});

// F19 and F20 of the research on reliability. An embedded database cannot be away.
for (const engine of TEST_SERVERS) {
  describe(`a database that is away: ${engine}`, () => {
    let provider: OpenAiServer;
    let proxy: TcpProxy;
    let place: Place;
    let app: TestApp;
    let client: ApiClient;
    let conversation: number;

    beforeAll(async () => {
      provider = await startOpenAiServer();
      place = await aPlace(engine, settingsFor(provider));
      const url = new URL(String(place.settings['DATABASE_URL']));
      proxy = await startTcpProxy(Number(url.port));
      url.port = String(proxy.port);
      app = await place.start({ DATABASE_URL: url.href });
      ({ client } = await aFirstAdministrator(app));
      conversation = await aConversation(client);
    });
    afterEach(async () => {
      provider.script({});
      await proxy.close();
      await proxy.mend();
    });
    afterAll(async () => {
      await app.close();
      await proxy.close();
      await place.drop();
      await provider.close();
    });

    it('should refuse an ask within about a second, and ask no provider', async () => {
      await asked(client, conversation, 'say: antes');
      const calls = provider.requests.length;
      await proxy.cut();
      for (let n = 0; n < 2; n += 1) {
        const at = performance.now();
        const refused = await ask(client, conversation, { prompt: `ausente ${String(n)}` });
        expect(performance.now() - at).toBeLessThan(1200);
        expect({ status: refused.status, body: refused.body }).toMatchObject({
          status: 503,
          body: { error: { code: 'SERVER.DATABASE_UNAVAILABLE' } },
        });
        expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      }
      expect(provider.requests.length).toBe(calls);
    });

    it('should work again as soon as the database is back', async () => {
      await proxy.cut();
      expect((await ask(client, conversation, { prompt: 'ausente' })).status).toBe(503);
      await proxy.mend();
      const post = await asked(client, conversation, 'say: de volta');
      expect(post).toMatchObject({ status: 'done', body: 'de volta' });
      const prompts = (await branchOf(client, conversation)).map(({ prompt }) => prompt);
      expect(prompts.filter((prompt) => prompt.startsWith('ausente'))).toEqual([]);
    });

    it('should not sign anybody out', async () => {
      await proxy.cut();
      expect((await client.get('/api/conversations')).status).toBe(503);
      expect((await client.post('/api/auth/refresh')).status).toBe(503);
      await proxy.mend();
      client.keep(await client.post('/api/auth/refresh'), 200);
      expect((await client.get('/api/conversations')).status).toBe(200);
    });

    it('should go on streaming, and store all of it when the database is back', async () => {
      const words = Array.from({ length: 60 }, (_, n) => `palavra${String(n)} `);
      provider.script({ words, delayMs: 30 });
      const stream = await askStream(client, conversation, { prompt: 'uma resposta longa' });
      await stream.untilText(50);
      await proxy.cut();
      const before = stream.text.length;
      await wait(900);
      expect(stream.text.length).toBeGreaterThan(before + 100);
      await proxy.mend();
      const frames = await stream.all();
      expect(frames.at(-1)).toMatchObject({ type: 'done', data: { status: 'done' } });
      const post = await getPost(client, Number(frames[0]?.data['postId']));
      expect(post).toMatchObject({ status: 'done', body: words.join('') });
    });

    it('should settle an answer that ended while the database was away', async () => {
      provider.script({ words: ['curta ', 'e ', 'completa'], delayMs: 50 });
      const stream = await askStream(client, conversation, { prompt: 'uma resposta' });
      await stream.untilText(5);
      await proxy.cut();
      await wait(1200);
      await proxy.mend();
      const frames = await stream.all();
      expect(frames.at(-1)?.data).toEqual({ status: 'done' });
      const id = Number(frames[0]?.data['postId']);
      expect(await getPost(client, id)).toMatchObject({ status: 'done', body: 'curta e completa' });
      const rows = await app.dataSource.getRepository(Usage).findBy({ postId: id });
      expect(rows).toMatchObject([{ outcome: 'done', completionTokens: 3, estimated: false }]);
    });
  });
}
