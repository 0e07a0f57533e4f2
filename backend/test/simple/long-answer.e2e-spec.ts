import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TEST_SERVERS } from '../../../db/test/test-databases.js';
import { type OpenAiServer, startOpenAiServer } from '../fakes/openai-server.js';
import { MODEL, settingsFor } from '../harness/answering-app.js';
import { ApiClient } from '../harness/api-client.js';
import { getPost } from '../harness/asking.js';
import { aPlace, type Place } from '../harness/place.js';
import type { TestApp } from '../harness/test-app.js';
import { errorOf, jsonOf, send } from '../security/wire.js';

const SERVICE_TOKEN = 'service-token-of-the-tests-0123456789';

for (const engine of TEST_SERVERS) {
  describe(`an answer at /chat/ that another process on ${engine} is making`, () => {
    let provider: OpenAiServer;
    let place: Place;
    let one: TestApp;
    let other: TestApp;

    beforeAll(async () => {
      provider = await startOpenAiServer({ words: ['Um ', 'dois ', 'três.'], delayMs: 400 });
      place = await aPlace(engine, { ...settingsFor(provider), SERVICE_TOKEN });
      one = await place.start();
      other = await place.start();
    });
    afterAll(async () => {
      await one.close();
      await other.close();
      await place.drop();
      await provider.close();
    });

    const chat = (app: TestApp, key: string) =>
      send(app, {
        method: 'POST',
        path: '/chat/',
        token: SERVICE_TOKEN,
        headers: { 'idempotency-key': key },
        body: JSON.stringify({ question: 'Conte até três' }),
      });

    it('should be asked for again, under its key, until it is there', async () => {
      const first = chat(one, 'k');
      while (provider.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      const early = await chat(other, 'k');
      expect([early.status, errorOf(early).code]).toEqual([504, 'RUN.STILL_ANSWERING']);
      expect(Number(early.headers['retry-after'])).toBeGreaterThan(0);
      const reader = new ApiClient(other.url);
      reader.token = SERVICE_TOKEN;
      const post = await getPost(reader, Number(errorOf(early).details?.['postId']));
      expect(post).toMatchObject({ prompt: 'Conte até três', status: 'answering' });

      const whole = { answer: 'Um dois três.', model: MODEL };
      expect(jsonOf(await first)).toEqual(whole);
      const late = await chat(other, 'k');
      expect([late.status, jsonOf(late)]).toEqual([200, whole]);
      expect(provider.requests).toHaveLength(1);
    });
  });
}
