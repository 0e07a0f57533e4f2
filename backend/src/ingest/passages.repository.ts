import { setTimeout as wait } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import {
  Chunk,
  Document,
  DocumentVersion,
  forUpdate,
  indexChunks,
  inTransaction,
  removeSomeChunks,
  removeWords,
  reviseChunks,
} from '#db';
import { DataSource, In } from 'typeorm';
import type { Passage } from './chunking/passages.rules.js';
import { IngestJobsRepository } from './queue/ingest-jobs.repository.js';
import { REVISED } from './revised.js';
import type { HeldJob } from './versions.repository.js';

/** Passages that are taken out of the search, or deleted, in one commit. */
const REMOVED = 200;

/** The version that passages were to be stored for was deleted meanwhile. */
export class VersionGoneError extends Error {
  override readonly name = 'VersionGoneError';
}

/** The passages of versions: rows of `chunks`, and the words by which they are found. */
@Injectable()
export class PassagesRepository {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly jobs: IngestJobsRepository,
  ) {}

  /**
   * Stores passages together with what finds them, in one short transaction.
   * @param from the place of the first one, from 1.
   * @throws {VersionGoneError} and what {@link IngestJobsRepository.hold} throws.
   */
  store(job: HeldJob, from: number, passages: readonly Passage[]): Promise<void> {
    return inTransaction(this.dataSource, async (manager) => {
      await this.jobs.hold(job.id, job.owner, manager);
      const version = await manager.findOneBy(DocumentVersion, { id: job.versionId });
      // It stays where it is, and is called what it is, until its passages are stored with that.
      const ofVersion = manager
        .createQueryBuilder(Document, 'd')
        .where({ id: version?.documentId ?? 0 });
      const document = version && (await forUpdate(ofVersion).getOne());
      if (!document) throw new VersionGoneError();
      const rows = passages.map(({ page, heading, text }, index) => ({
        versionId: job.versionId,
        documentId: document.id,
        collectionId: document.collectionId,
        n: from + index,
        page,
        heading,
        text,
      }));
      await manager.insert(Chunk, rows);
      const stored = await manager
        .createQueryBuilder(Chunk, 'chunk')
        .select(['chunk.id', 'chunk.collectionId', 'chunk.heading', 'chunk.text'])
        .where('chunk.versionId = :versionId AND chunk.n >= :from AND chunk.n < :to', {
          versionId: job.versionId,
          from,
          to: from + passages.length,
        })
        .getMany();
      await indexChunks(manager, stored, { title: document.title });
    });
  }

  /** What is stored already, in its order, from a place on. */
  async findFrom(versionId: number, from: number, limit: number): Promise<Passage[]> {
    return this.dataSource
      .createQueryBuilder(Chunk, 'chunk')
      .select(['chunk.id', 'chunk.page', 'chunk.heading', 'chunk.text'])
      .where('chunk.versionId = :versionId AND chunk.n >= :from', { versionId, from })
      .orderBy('chunk.n')
      .limit(limit)
      .getMany();
  }

  /** Deletes all passages of a version that is not found yet, some in one commit. */
  async clear(job: HeldJob): Promise<void> {
    for (;;) {
      const begin = performance.now();
      if (!(await this.clearSome(job))) return;
      await wait(performance.now() - begin);
    }
  }

  private clearSome(job: HeldJob): Promise<boolean> {
    return inTransaction(this.dataSource, async (manager) => {
      await this.jobs.hold(job.id, job.owner, manager);
      const { versionId } = job;
      const rows = await manager.find(Chunk, {
        select: { id: true },
        where: { versionId },
        take: REMOVED,
      });
      if (rows.length === 0) return false;
      const ids = rows.map(({ id }) => id);
      await removeWords(manager, ids);
      await manager.delete(Chunk, { id: In(ids) });
      return rows.length === REMOVED;
    });
  }

  /**
   * Takes a version out of the search, some passages in one commit. They stay: answers that were
   * given stand on them.
   */
  async unlist(versionId: number): Promise<void> {
    for (;;) {
      const begin = performance.now();
      const more = await inTransaction(this.dataSource, (manager) =>
        removeSomeChunks(manager, versionId, REMOVED),
      );
      if (!more) return;
      // As long as it took, others have the database to themselves.
      await wait(performance.now() - begin);
    }
  }

  /**
   * Has the passages of a version found by the title and at the place that its document has by now,
   * some in one commit. Who may read them was decided when the document was moved.
   * @throws {VersionGoneError} and what {@link IngestJobsRepository.hold} throws; the signal's reason.
   */
  async revise(job: HeldJob, signal: AbortSignal): Promise<void> {
    for (let after: number | undefined = 0; after !== undefined;) {
      signal.throwIfAborted();
      const begin = performance.now();
      after = await this.reviseSome(job, after);
      // As long as it took, others have the database to themselves.
      await wait(performance.now() - begin);
    }
  }

  private reviseSome(job: HeldJob, after: number): Promise<number | undefined> {
    return inTransaction(this.dataSource, async (manager) => {
      await this.jobs.hold(job.id, job.owner, manager);
      const version = await manager.findOneBy(DocumentVersion, { id: job.versionId });
      const ofVersion = manager
        .createQueryBuilder(Document, 'd')
        .where({ id: version?.documentId ?? 0 });
      // It is called and lies where it does until these are stored with that.
      const document = version && (await forUpdate(ofVersion).getOne());
      if (!document) throw new VersionGoneError();
      return reviseChunks(manager, job.versionId, document, after, REVISED);
    });
  }
}
