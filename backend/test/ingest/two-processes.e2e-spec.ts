import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { TEST_SERVERS } from '../../../db/test/test-databases.js';
import { aCollection } from '../collections/given.js';
import { aFirstAdministrator, type ApiClient } from '../harness/api-client.js';
import { type ChildServer, startChildServer } from '../harness/child-server.js';
import { aPlace, type Place } from '../harness/place.js';
import { sameAt } from '../harness/two-servers.js';
import { findersOf, longText, Lookout, statusOf, until, WAYS } from './long-documents.js';

/** A long document and the time for which a silent process is believed, on a busy machine. */
const PATIENCE_MS = 400_000;

// Each engine and each way once, not each with each: what they share has its own contract test.

/** F23 and F24 of research where work is shared: no process is needed for what another one began. */
for (const [n, engine] of TEST_SERVERS.entries()) {
  const [way, settings] = WAYS[n % WAYS.length] ?? ['the database', {}];
  describe(`two processes that read documents on ${engine}, told of work by ${way}`, () => {
    let place: Place;
    let lookout: Lookout;
    let one: ChildServer;
    let other: ChildServer;
    let admin: ApiClient | undefined;
    let client: ApiClient;
    let collection: number;

    beforeAll(async () => {
      place = await aPlace(engine, { LLM_MODELS: 'quotes', INGEST_AT_ONCE: '1', ...settings });
      lookout = await Lookout.at(place);
    });
    beforeEach(async () => {
      const start = () => startChildServer(place.settings);
      [one, other] = await Promise.all([start(), start()]);
      admin ??= (await aFirstAdministrator(one)).client;
      client = sameAt(one, admin);
      collection = await aCollection({ client });
    });
    afterEach(() => Promise.all([one.end('SIGKILL'), other.end('SIGKILL')]));
    afterAll(async () => {
      await lookout.close();
      await place.drop();
    });

    /** A long document in the midst of being stored by the first process, for the other one was frozen. */
    async function begunByOne(text: string) {
      other.signal('SIGSTOP');
      const document = await lookout.upload(client, collection, text);
      await lookout.untilStored(document, 60);
      return document;
    }

    it(
      'should finish at one what the other was killed over, seen by nobody before, nothing twice',
      async () => {
        const [text, second] = [longText('lubrificação'), longText('calibração', 200)];
        const document = await begunByOne(text);
        await one.end('SIGKILL');
        other.signal('SIGCONT');
        const onOther = sameAt(other, client);
        const stored = await lookout.passages(document);
        expect(stored.length).toBeGreaterThanOrEqual(60);
        await lookout.expectUnseen(document);
        // One engine's clock is waited for; where another one is asked, that time has passed.
        if (n > 0) await lookout.letLeaseEnd(document);
        expect(await findersOf(onOther, 'lubrificação')).toEqual(new Set());
        const another = await lookout.upload(onOther, collection, second);

        await until(async () => {
          const found = await findersOf(onOther, 'lubrificação');
          // From one moment to the next: unseen as long as it is not ready.
          if (found.size > 0) expect(await statusOf(onOther, document)).toBe('ready');
          return found.size > 0;
        });
        await lookout.untilIdle();
        await lookout.expectWhole(document, text, stored);
        await lookout.expectWhole(another, second);
        expect(await findersOf(onOther, 'lubrificação')).toEqual(new Set([document.id]));
        expect(await findersOf(onOther, 'calibração')).toEqual(new Set([another.id]));
      },
      PATIENCE_MS,
    );

    it(
      'should let a process that was taken for dead write nothing more, and go on otherwise',
      async () => {
        const text = longText('aferição');
        const document = await begunByOne(text);
        const { owner } = await lookout.job(document);
        await lookout.untilBetweenCommits(document, one);
        const stored = await lookout.passages(document);
        await lookout.letLeaseEnd(document);
        other.signal('SIGCONT');
        await until(async () => (await lookout.job(document)).owner !== owner);
        one.signal('SIGCONT'); // In the midst of what is another one's by now.
        await lookout.untilIdle();
        await lookout.expectWhole(document, text, stored);

        await other.end('SIGTERM');
        const next = await lookout.upload(client, collection, longText('pintura', 100));
        await lookout.untilIdle();
        await lookout.expectWhole(next, longText('pintura', 100));
        expect(await findersOf(client, 'pintura')).toEqual(new Set([next.id]));
        expect(await findersOf(client, 'aferição')).toEqual(new Set([document.id]));
      },
      PATIENCE_MS,
    );
  });
}
