import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Chunk, databaseTarget, Document, DocumentVersion, openDatabase } from '#db';
import type { DataSource } from 'typeorm';
import { Room } from '../../src/ingest/room.repository.js';
import { type ChildServer, startChildServer } from '../harness/child-server.js';
import { aPlace, type Place } from '../harness/place.js';
import { aCollection, addDocument, passagesOf, until, untilDone } from './given-documents.js';

const SENTENCE =
  'A manutenção preventiva das bombas deve ser feita a cada noventa dias pela equipe. ';
const LONG = Array.from({ length: 9000 }, (_, n) => `${String(n)} ${SENTENCE}`).join('');

/** F24 of research: what is left of work on documents when a server is killed in the middle of it. */
describe('a server that is killed while it reads documents', () => {
  let place: Place;

  beforeAll(async () => {
    place = await aPlace('sqlite', { LLM_MODELS: 'quotes' });
  });
  afterAll(() => place.drop());

  async function inDatabase<T>(look: (dataSource: DataSource) => Promise<T>): Promise<T> {
    const { DATABASE_URL: url, DATA_DIR: folder } = place.settings;
    const dataSource = await openDatabase(databaseTarget(url, String(folder)));
    try {
      return await look(dataSource);
    } finally {
      await dataSource.destroy();
    }
  }

  async function killedAfter(server: ChildServer, versionId: number, passages: number) {
    await inDatabase(async (dataSource) => {
      const chunks = dataSource.getRepository(Chunk);
      await until(async () => (await chunks.countBy({ versionId })) >= passages);
      await server.end('SIGKILL');
    });
  }

  it('should go on from what it stored, show nothing before the end, and double nothing', async () => {
    const given = await place.start();
    const mine = await aCollection(given);
    await given.close();

    const added = await inDatabase(async (dataSource) => {
      const { DocumentBytes } = await import('../../src/ingest/document-bytes.repository.js');
      const { IngestJobsRepository } =
        await import('../../src/ingest/queue/ingest-jobs.repository.js');
      const { DatabaseIngestQueue } =
        await import('../../src/ingest/queue/database-ingest-queue.js');
      const parts = new Map<unknown, unknown>();
      parts.set(
        DocumentBytes,
        new DocumentBytes(dataSource, new Room(dataSource, { KNOWLEDGE_MB_PER_PERSON: 1000 })),
      );
      const queue = new DatabaseIngestQueue(new IngestJobsRepository(dataSource), 1);
      const get = (token: unknown) => parts.get(token) ?? queue;
      return addDocument({ app: { get } as never, dataSource }, mine, {
        name: 'longo.txt',
        bytes: LONG,
      });
    });
    const server = await startChildServer(place.settings);
    await killedAfter(server, added.versionId, 300);

    const stored = await inDatabase(async (dataSource) => {
      const document = await dataSource
        .getRepository(Document)
        .findOneByOrFail({ id: added.documentId });
      expect(document.versionId).toBeNull();
      const version = await dataSource
        .getRepository(DocumentVersion)
        .findOneByOrFail({ id: added.versionId });
      expect(version.status).toBe('indexing');
      return passagesOf({ dataSource }, added.versionId);
    });
    expect(stored.length).toBeGreaterThanOrEqual(300);

    const next = await place.start();
    const version = await untilDone(next, added.versionId);
    const passages = await passagesOf(next, added.versionId);
    expect(version).toMatchObject({
      status: 'ready',
      chunkCount: passages.length,
      characters: passages.map(({ text }) => text).join('').length,
    });
    expect(passages.length).toBeGreaterThan(stored.length);
    expect(passages.map(({ n }) => n)).toEqual(passages.map((_, index) => index + 1));
    // What was stored before was kept, not written anew.
    expect(passages.slice(0, stored.length)).toEqual(stored);
    await next.close();
  });
});
