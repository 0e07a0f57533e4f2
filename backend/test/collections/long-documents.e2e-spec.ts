import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Chunk, Document, IngestJob } from '#db';
import { TEST_ENGINES } from '../../../db/test/test-databases.js';
import { PassagesRepository } from '../../src/ingest/passages.repository.js';
import { IngestJobsRepository } from '../../src/ingest/queue/ingest-jobs.repository.js';
import { IngestQueue } from '../../src/ingest/ingest-queue.js';
import {
  aFirstAdministrator,
  aPerson,
  type ApiClient,
  type TestPerson,
} from '../harness/api-client.js';
import { aPlace, type Place } from '../harness/place.js';
import type { TestApp } from '../harness/test-app.js';
import { sameAt } from '../harness/two-servers.js';
import { untilDone, untilIdle } from '../ingest/given-documents.js';
import { findersOf, longText } from '../ingest/long-documents.js';
import { aCollection, anUpload, at, doc } from './given.js';

const PATIENCE_MS = 120_000;

describe.each(TEST_ENGINES)('long documents that get another title or place on %s', (engine) => {
  let place: Place;
  let app: TestApp;
  let ana: TestPerson;
  let bia: TestPerson;
  let shared: number;
  let own: number;
  let document: number;

  beforeAll(async () => {
    place = await aPlace(engine, { LLM_MODELS: 'quotes' });
    app = await place.start();
    ana = await aFirstAdministrator(app);
    bia = await aPerson(app, ana, 'bia');
    shared = await aCollection(ana, { visibility: 'everyone' });
    own = await aCollection(ana, { name: 'Diário' });
    document = await anUpload(ana, shared, longText('sondagem', 1500), 'longo.txt');
    await untilDone(app, (await newest()).versionId);
    await untilIdle(app);
  }, PATIENCE_MS);
  afterAll(async () => {
    await app.close();
    await place.drop();
  });

  const newest = async () => {
    const chunk = { documentId: document };
    const [version] = await app.dataSource.query<{ id: number }[]>(
      `SELECT id FROM document_versions WHERE document_id = ${String(chunk.documentId)}`,
    );
    return { versionId: Number(version?.id) };
  };
  const passagesIn = (collectionId: number) =>
    app.dataSource.getRepository(Chunk).countBy({ documentId: document, collectionId });
  const asAt = ({ client }: TestPerson): ApiClient => sameAt(app, client);

  /** Has nobody do the work that there will be, as if every process was busy. */
  const rest = () => app.app.get(IngestQueue, { strict: false }).stop();

  it(
    'should be found by nobody who lost access, from the first moment on, and go on after a kill',
    async () => {
      expect(await findersOf(asAt(bia), 'sondagem')).toEqual(new Set([document]));
      const all = await passagesIn(shared);
      expect(all).toBeGreaterThan(100);
      await rest();

      const moved = await asAt(ana).patch(doc(document), { collectionId: own });
      expect({ status: moved.status, text: moved.text }).toMatchObject({ status: 200 });
      expect(await findersOf(asAt(bia), 'sondagem')).toEqual(new Set());
      expect((await asAt(bia).get(doc(document))).status).toBe(404);
      expect(await findersOf(asAt(ana), 'sondagem')).toEqual(new Set([document]));
      expect(await passagesIn(own)).toBe(50);

      // One more commit, and the process that did it is gone with its job in its hands.
      const jobs = app.app.get(IngestJobsRepository, { strict: false });
      const [{ id } = { id: 0 }] = await jobs.findCandidates();
      const job = await jobs.take(id, 'dead');
      expect(job).toMatchObject({ kind: 'revise' });
      const stop = new AbortController();
      const work = app.app
        .get(PassagesRepository, { strict: false })
        .revise({ ...job, owner: 'dead' } as never, stop.signal);
      stop.abort();
      await expect(work).rejects.toThrow();
      expect(await passagesIn(shared)).toBeGreaterThan(0);
      await app.dataSource.getRepository(IngestJob).update({ id }, { ownedUntil: new Date(0) });
      await app.close();

      app = await place.start();
      await untilIdle(app);
      expect(await passagesIn(own)).toBe(all);
      expect(await findersOf(asAt(bia), 'sondagem')).toEqual(new Set());
      expect(await findersOf(asAt(ana), 'sondagem')).toEqual(new Set([document]));
      const within = `/api/knowledge/search?q=sondagem&limit=20&collectionIds=`;
      const [here, there] = await Promise.all(
        [own, shared].map((id) => asAt(ana).get(`${within}${String(id)}`)),
      );
      expect([here, there].map((found) => (found?.body['items'] as unknown[]).length)).toEqual([
        expect.any(Number),
        0,
      ]);
    },
    PATIENCE_MS,
  );

  it(
    'should be found by the last of several titles, whole, and let others write meanwhile',
    async () => {
      const titles = ['Perfuração', 'Escavação', 'Terraplenagem'];
      for (const title of titles) {
        const renamed = await asAt(ana).patch(doc(document), { title });
        expect(renamed.status).toBe(200);
      }
      // The work is not waited for: a name is another one in one commit, whatever there is to do.
      expect(await asAt(ana).patch(at(own), { name: 'Obras' })).toMatchObject({ status: 200 });
      await untilIdle(app);
      expect(await findersOf(asAt(ana), 'terraplenagem')).toEqual(new Set([document]));
      for (const old of ['perfuração', 'escavação']) {
        expect(await findersOf(asAt(ana), old)).toEqual(new Set());
      }
      const { title } = await app.dataSource
        .getRepository(Document)
        .findOneByOrFail({ id: document });
      expect(title).toBe('Terraplenagem');
    },
    PATIENCE_MS,
  );

  it(
    'should leave nothing of a long one that is deleted for good',
    async () => {
      await asAt(ana).delete(doc(document));
      const gone = await asAt(ana).delete(doc(document, '/permanently'));
      expect(gone.status).toBe(204);
      await untilIdle(app);
      expect(await app.dataSource.getRepository(Chunk).countBy({ documentId: document })).toBe(0);
    },
    PATIENCE_MS,
  );
});
