import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { databaseTarget, openDatabase, Reservation } from '#db';
import type { DataSource } from 'typeorm';
import { TEST_ENGINES } from '../../../db/test/test-databases.js';
import { type OpenAiServer, startOpenAiServer } from '../fakes/openai-server.js';
import { aFirstAdministrator, ApiClient } from '../harness/api-client.js';
import { aConversation, askStream } from '../harness/asking.js';
import { type ChildServer, startChildServer } from '../harness/child-server.js';
import { aPlace, type Place } from '../harness/place.js';
import { aModelsFile, limitsOf, settingsOf, standing } from './limited-place.js';

/** Longest that anything may stay set aside after the next start. */
const GIVEN_BACK_MS = 10_000;

describe.each(TEST_ENGINES)('a server that is killed while it answers, on %s', (engine) => {
  const models = aModelsFile();
  let provider: OpenAiServer;
  let place: Place;
  let server: ChildServer;
  let client: ApiClient;

  beforeAll(async () => {
    provider = await startOpenAiServer({ words: ['meia ', 'resposta'], hangAfter: 1 });
    place = await aPlace(engine, settingsOf(provider, models.file));
    server = await startChildServer(place.settings);
    ({ client } = await aFirstAdministrator(server));
  });
  afterAll(async () => {
    await server.end('SIGKILL');
    await place.drop();
    await provider.close();
    models.remove();
  });

  async function inDatabase<T>(look: (dataSource: DataSource) => Promise<T>): Promise<T> {
    const url = place.settings['DATABASE_URL'];
    const dataSource = await openDatabase(databaseTarget(url, String(place.settings['DATA_DIR'])));
    try {
      return await look(dataSource);
    } finally {
      await dataSource.destroy();
    }
  }

  it('should leave nothing set aside ten seconds after the next start', async () => {
    for (const [measure, period, amount] of [
      ['usd', 'day', 100],
      ['requests', 'month', 100],
      ['openRuns', null, 100],
    ] as const) {
      const limit = { scope: 'everyone', measure, period, amount };
      expect((await client.put('/api/limits', limit)).status).toBe(200);
    }
    const conversation = await aConversation(client);
    const streams = await Promise.all(
      [1, 2, 3].map(() =>
        askStream(client, conversation, { prompt: 'Conta algo', parentId: null }),
      ),
    );
    await Promise.all(streams.map((stream) => stream.untilType('delta')));
    const [before] = await limitsOf(client);
    expect(before?.reserved).toBeGreaterThan(0);
    expect((await limitsOf(client)).slice(1)).toMatchObject([{ reserved: 3 }, { used: 3 }]);
    await server.end('SIGKILL');
    expect(await inDatabase((source) => source.getRepository(Reservation).count())).toBe(9);

    server = await startChildServer(place.settings);
    const startedAt = performance.now();
    const { token } = client;
    client = new ApiClient(server.url);
    client.token = token;
    for (;;) {
      const limits = await limitsOf(client);
      if (
        limits.every(
          ({ reserved, measure, used }) => reserved + (measure === 'openRuns' ? used : 0) === 0,
        )
      )
        break;
      expect(performance.now() - startedAt).toBeLessThan(GIVEN_BACK_MS);
      await wait(100);
    }
    const [, requests] = await limitsOf(client);
    expect(requests).toMatchObject({ measure: 'requests', used: 3, reserved: 0 });
    await server.end('SIGKILL');
    const end = await inDatabase((source) => standing(source, 'usd', 'person:1'));
    expect(end).toEqual({
      used: end.ledger,
      ledger: end.ledger,
      reserved: 0,
      open: 0,
      reservations: 0,
    });
    expect(end.ledger).toBeGreaterThan(0);
    server = await startChildServer(place.settings);
  }, 60_000);
});
