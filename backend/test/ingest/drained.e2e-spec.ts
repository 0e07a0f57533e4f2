import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TEST_ENGINES } from '../../../db/test/test-databases.js';
import { aCollection } from '../collections/given.js';
import { aFirstAdministrator, type ApiClient } from '../harness/api-client.js';
import { type ChildServer, startChildServer } from '../harness/child-server.js';
import { aPlace, type Place } from '../harness/place.js';
import { sameAt } from '../harness/two-servers.js';
import { findersOf, longText, Lookout, WAYS } from './long-documents.js';

const PATIENCE_MS = 300_000;

for (const [n, engine] of TEST_ENGINES.entries()) {
  const [way, settings] = WAYS[n % WAYS.length] ?? ['the database', {}];
  describe(`a server that is told to end while it reads documents, on ${engine} with ${way}`, () => {
    let place: Place;
    let server: ChildServer;
    let client: ApiClient;
    let collection: number;

    beforeAll(async () => {
      place = await aPlace(engine, { LLM_MODELS: 'quotes', DRAIN_SECONDS: '1', ...settings });
      server = await startChildServer(place.settings);
      const admin = await aFirstAdministrator(server);
      ({ client } = admin);
      collection = await aCollection(admin);
    });
    afterAll(async () => {
      await server.end('SIGKILL');
      await place.drop();
    });

    it(
      'should give its work back at once, as if not begun, and keep what it stored',
      async () => {
        const text = longText('vistoria');
        const lookout = await Lookout.at(place);
        try {
          const document = await lookout.upload(client, collection, text);
          await lookout.untilStored(document, 60);
          expect(await server.end('SIGTERM')).toEqual({ code: 0 });

          // Nobody waits for its lease to end, and no attempt was lost.
          expect(await lookout.job(document)).toMatchObject({
            ...{ kind: 'ingest', owner: null, ownedUntil: null, attempts: 0 },
          });
          const stored = await lookout.passages(document);
          expect(stored.length).toBeGreaterThanOrEqual(60);
          await lookout.expectUnseen(document);

          server = await startChildServer(place.settings);
          await lookout.untilIdle();
          await lookout.expectWhole(document, text, stored);
          const again = sameAt(server, client);
          expect(await findersOf(again, 'vistoria')).toEqual(new Set([document.id]));
        } finally {
          await lookout.close();
        }
      },
      PATIENCE_MS,
    );
  });
}
