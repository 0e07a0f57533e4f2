import { expect } from '@jest/globals';
import { Chunk, databaseTarget, Document, DocumentVersion, IngestJob, openDatabase } from '#db';
import type { DataSource } from 'typeorm';
import type { ApiClient } from '../harness/api-client.js';
import type { ChildServer } from '../harness/child-server.js';
import { REDIS_URL } from '../harness/event-logs.js';
import type { Place } from '../harness/place.js';
import { anUpload, doc, itemsOf } from '../collections/given.js';
import { until as untilWithin } from './given-documents.js';

/** The time for which a silent process is believed, and a long document after it, on a busy machine. */
const PATIENCE_MS = 150_000;

/** Waits until something is so that a long document, or the death of a process, is waited for with. */
export const until = (condition: () => Promise<boolean>): Promise<void> =>
  untilWithin(condition, PATIENCE_MS);

/** How processes hear of work: what the environment of a server says of it. */
export const WAYS: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ['the database', {}],
  ...(REDIS_URL === undefined ? [] : [['Redis', { REDIS_URL }] as const]),
];

/** Many passages, in whose every sentence a word stands that is in no other document. */
export const longText = (word: string, sentences = 8000): string =>
  Array.from(
    { length: sentences },
    (_, n) =>
      `${String(n)} A ${word} das bombas deve ser feita a cada noventa dias pela equipe de plantão. `,
  ).join('');

/** A document whose text has arrived, and the version that is to be read. */
export interface LongDocument {
  readonly id: number;
  readonly versionId: number;
}

/** Looks into the database of a place past its servers, which may be dead. */
export class Lookout {
  private constructor(private readonly dataSource: DataSource) {}

  static async at({ settings }: Place): Promise<Lookout> {
    const { DATABASE_URL: url, DATA_DIR: folder } = settings;
    return new Lookout(await openDatabase(databaseTarget(url, String(folder))));
  }

  close(): Promise<void> {
    return this.dataSource.destroy();
  }

  /** Uploads a text at one of the servers. */
  async upload(client: ApiClient, collection: number, text: string): Promise<LongDocument> {
    const id = await anUpload({ client }, collection, text, 'longo.txt');
    const version = await this.dataSource
      .getRepository(DocumentVersion)
      .findOneByOrFail({ documentId: id });
    return { id, versionId: version.id };
  }

  untilStored({ versionId }: LongDocument, passages: number): Promise<void> {
    const chunks = this.dataSource.getRepository(Chunk);
    return until(async () => (await chunks.countBy({ versionId })) >= passages);
  }

  untilIdle(): Promise<void> {
    return until(async () => (await this.dataSource.getRepository(IngestJob).count()) === 0);
  }

  job({ versionId }: LongDocument): Promise<IngestJob> {
    return this.dataSource.getRepository(IngestJob).findOneByOrFail({ versionId });
  }

  /** Has the time pass for which a process that says nothing is believed to be at its work. */
  async letLeaseEnd({ versionId }: LongDocument): Promise<void> {
    const jobs = this.dataSource.getRepository(IngestJob);
    const { affected } = await jobs.update({ versionId }, { ownedUntil: new Date(0) });
    expect(affected).toBe(1);
  }

  /**
   * Freezes a process in the midst of a document, where it holds no lock: what the database keeps
   * for a process that says nothing is the database's, and is let go when it ends.
   */
  async untilBetweenCommits({ versionId }: LongDocument, server: ChildServer): Promise<void> {
    await until(async () => {
      server.signal('SIGSTOP');
      try {
        await this.dataSource.query(
          `SELECT id FROM ingest_jobs WHERE version_id = ${String(versionId)} FOR UPDATE NOWAIT`,
        );
        return true;
      } catch {
        server.signal('SIGCONT');
        return false;
      }
    });
  }

  passages({ versionId }: LongDocument): Promise<Chunk[]> {
    return this.dataSource.getRepository(Chunk).find({ where: { versionId }, order: { n: 'ASC' } });
  }

  /** The document is in the midst of it: some of it is stored, and none of it is to be seen. */
  async expectUnseen(document: LongDocument): Promise<void> {
    const rows = this.dataSource.manager;
    const { versionId } = await rows.findOneByOrFail(Document, { id: document.id });
    const version = await rows.findOneByOrFail(DocumentVersion, { id: document.versionId });
    expect({ found: versionId, status: version.status }).toEqual({
      found: null,
      status: 'indexing',
    });
  }

  /**
   * The document is whole, from what was stored before on; every passage is there once, with the
   * words that find it, and nothing is left that belongs to none.
   */
  async expectWhole(
    document: LongDocument,
    text: string,
    before: readonly Chunk[] = [],
  ): Promise<void> {
    const rows = this.dataSource.manager;
    const { versionId } = await rows.findOneByOrFail(Document, { id: document.id });
    expect(versionId).toBe(document.versionId);
    const passages = await this.passages(document);
    expect(passages.every(({ n }, index) => n === index + 1)).toBe(true);
    // Megabytes, which no report of a failure should hold.
    expect(lettersOf(passages.map((passage) => passage.text).join('')) === lettersOf(text)).toBe(
      true,
    );
    expect(passages.length).toBeGreaterThan(before.length);
    expect(passages.slice(0, before.length)).toEqual(before);
    expect(await this.strays()).toEqual({ withoutWords: 0, withoutPassage: 0 });
  }

  private async strays() {
    const key = this.dataSource.options.type === 'better-sqlite3' ? 'rowid' : 'id';
    const count = async (sql: string) => {
      const [row] = await this.dataSource.query<{ many: number | string }[]>(sql);
      return Number(row?.many);
    };
    return {
      withoutWords: await count(
        `SELECT COUNT(*) AS many FROM chunks WHERE id NOT IN (SELECT ${key} FROM chunk_words)`,
      ),
      withoutPassage: await count(
        `SELECT COUNT(*) AS many FROM chunk_words WHERE ${key} NOT IN (SELECT id FROM chunks)`,
      ),
    };
  }
}

const lettersOf = (text: string) => text.replace(/\s+/g, '');

/** The documents in which somebody finds a word. */
export async function findersOf(client: ApiClient, word: string): Promise<Set<number>> {
  const answer = await client.get(`/api/knowledge/search?q=${word}`);
  expect({ status: answer.status, text: answer.text }).toMatchObject({ status: 200 });
  return new Set(itemsOf<{ documentId: number }>(answer).map(({ documentId }) => documentId));
}

/** What its list says of a document. */
export async function statusOf(client: ApiClient, { id }: LongDocument): Promise<unknown> {
  return (await client.get(doc(id))).body['status'];
}
