import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import {
  BEING_DELETED,
  Collection,
  Document,
  DocumentVersion,
  forUpdate,
  inTransaction,
  reviseChunks,
} from '#db';
import { DataSource, type EntityManager, In, Not } from 'typeorm';
import { IngestQueue } from '../../ingest/ingest-queue.js';
import { REVISED } from '../../ingest/revised.js';
import { requirePlace, Room } from '../../ingest/room.repository.js';
import { ChunkIndexes } from '../../knowledge/search/chunk-indexes.js';
import { DomainError } from '../../platform/domain-error.js';

/** A document, with how far it has come. */
export interface DocumentState {
  readonly document: Document;
  /** The newest version whose bytes have arrived. */
  readonly newest: DocumentVersion;
  /** The one that is found; null before the first. */
  readonly found: DocumentVersion | null;
}

/** Which documents of a collection are listed. */
export interface DocumentShelf {
  readonly collectionId: number;
  readonly status: 'online' | 'deleted';
  /** Part of a title. */
  readonly q?: string | undefined;
}

/** SQL: the newest version `v` of its document whose bytes have arrived. */
export const IS_NEWEST = `v.status <> 'receiving' AND v.n = (SELECT MAX(latest.n)
  FROM document_versions latest
  WHERE latest.document_id = v.document_id AND latest.status <> 'receiving')`;

/** Documents and how far their versions have come. */
@Injectable()
export class DocumentsRepository {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly room: Room,
    private readonly queue: IngestQueue,
    private readonly indexes: ChunkIndexes,
  ) {}

  /**
   * The documents of a collection, newest first.
   * @param before an id; undefined for the first page.
   */
  async findPage(
    { collectionId, status, q }: DocumentShelf,
    before: number | undefined,
    limit: number,
  ): Promise<DocumentState[]> {
    const query = this.dataSource
      .getRepository(Document)
      .createQueryBuilder('d')
      .where('d.collection_id = :collectionId', { collectionId })
      .andWhere(status === 'online' ? 'd.deleted_at IS NULL' : 'd.deleted_at > :gone', {
        gone: BEING_DELETED,
      })
      .andWhere(
        `EXISTS (SELECT 1 FROM document_versions v
          WHERE v.document_id = d.id AND v.status <> 'receiving')`,
      )
      .orderBy('d.id', 'DESC')
      .limit(limit);
    if (before !== undefined) query.andWhere('d.id < :before', { before });
    if (q !== undefined && q !== '') {
      query.andWhere(`LOWER(d.title) LIKE :part ESCAPE '!'`, {
        part: `%${q.toLowerCase().replace(/[!%_]/g, '!$&')}%`,
      });
    }
    return this.withVersions(await query.getMany());
  }

  /** How far a document has come; undefined when it is gone. */
  async findState(document: Document): Promise<DocumentState | undefined> {
    return (await this.withVersions([document]))[0];
  }

  /** The versions whose bytes have arrived, newest first. */
  findVersions(documentId: number): Promise<DocumentVersion[]> {
    return this.dataSource
      .getRepository(DocumentVersion)
      .createQueryBuilder('v')
      .where(`v.document_id = :documentId AND v.status <> 'receiving'`, { documentId })
      .orderBy('v.n', 'DESC')
      .getMany();
  }

  /** A version of a document, by its id. */
  async findVersion(documentId: number, id: number): Promise<DocumentVersion | undefined> {
    const version = await this.dataSource
      .getRepository(DocumentVersion)
      .createQueryBuilder('v')
      .where(`v.id = :id AND v.document_id = :documentId`, { id, documentId })
      .andWhere(`v.status <> 'receiving'`)
      .getOne();
    return version ?? undefined;
  }

  /** @param time null takes it out of the trash, unless it is being deleted for good. */
  async mark(id: number, time: Date | null): Promise<void> {
    await inTransaction(this.dataSource, (manager) =>
      manager
        .createQueryBuilder()
        .update(Document)
        .set({ deletedAt: time })
        .where('id = :id AND (deleted_at IS NULL OR deleted_at > :gone)', {
          ...{ id, gone: BEING_DELETED },
        })
        .execute(),
    );
  }

  /** Whether another document of a collection that is not in the trash has these bytes, and which. */
  async findSame(
    manager: EntityManager,
    collectionId: number,
    sha256: string,
  ): Promise<number | undefined> {
    const same = await manager
      .createQueryBuilder(DocumentVersion, 'v')
      .innerJoin('v.document', 'd')
      .where('v.sha256 = :sha256', { sha256 })
      .andWhere('d.collection_id = :collectionId AND d.deleted_at IS NULL', { collectionId })
      .andWhere(IS_NEWEST)
      .getOne();
    return same?.documentId;
  }

  /**
   * Moves a document, with the passages of all its versions: from this commit on nobody finds it who
   * may not read it where it is; a long one is found there by and by.
   * @param from whose collection it leaves.
   * @throws {DomainError} COLLECTION.NOT_FOUND for one that was just deleted for good;
   *   DOCUMENT.SAME where its bytes are there already; COLLECTION.FULL, COLLECTION.NO_ROOM.
   */
  async move(
    document: Document,
    from: Collection,
    collectionId: number,
    newest: DocumentVersion,
  ): Promise<void> {
    await inTransaction(this.dataSource, async (manager) => {
      const place = manager.createQueryBuilder(Collection, 'c').where({ id: collectionId });
      const to = await forUpdate(place).getOne();
      if (!to) throw new DomainError('COLLECTION.NOT_FOUND');
      await requirePlace(manager, collectionId);
      if (to.userId !== from.userId) {
        const bytes = await manager.sum(DocumentVersion, 'bytes', { documentId: document.id });
        await this.room.require(manager, to.userId, bytes ?? 0);
      }
      const same =
        newest.sha256 === ''
          ? undefined
          : await this.findSame(manager, collectionId, newest.sha256);
      if (same !== undefined) throw new DomainError('DOCUMENT.SAME', { documentId: same });
      const now = new Date();
      await manager.update(Document, { id: document.id }, { collectionId, updatedAt: now });
      await this.revise(manager, document.id);
      await this.tell(manager, document.id);
      await manager.update(Collection, { id: collectionId }, { updatedAt: now });
    });
    this.queue.wake();
  }

  /** Gives a document another title, by which its passages are found as well, a long one's by and by. */
  async rename(id: number, title: string): Promise<void> {
    await inTransaction(this.dataSource, async (manager) => {
      await manager.update(Document, { id }, { title, updatedAt: new Date() });
      await this.revise(manager, id);
      await this.tell(manager, id);
    });
    this.queue.wake();
  }

  /**
   * Has passages found by the title and at the place that their document has: those of a short one
   * at once, all others by work of their own, so that nobody waits for a long one's.
   */
  private async revise(manager: EntityManager, documentId: number): Promise<void> {
    const document = await manager.findOneByOrFail(Document, { id: documentId });
    const versions = await manager.find(DocumentVersion, {
      select: { id: true },
      where: { documentId, status: Not('failed') },
      order: { id: 'DESC' },
    });
    for (const { id } of versions) {
      const isFound = id === document.versionId;
      const rest = isFound ? await reviseChunks(manager, id, document, 0, REVISED) : 0;
      if (rest !== undefined) await this.queue.add(manager, { kind: 'revise', versionId: id });
    }
  }

  /** Has OpenSearch told, where there is one; in the database a document is found so at once. */
  private async tell(manager: EntityManager, id: number): Promise<void> {
    if (!this.indexes.mustBeTold) return;
    const document = await manager.findOneBy(Document, { id });
    const versionId = document?.versionId;
    if (versionId) await this.queue.add(manager, { kind: 'tell', versionId });
  }

  private async withVersions(documents: readonly Document[]): Promise<DocumentState[]> {
    if (documents.length === 0) return [];
    const newest = await this.dataSource
      .getRepository(DocumentVersion)
      .createQueryBuilder('v')
      .where('v.document_id IN (:...ids)', { ids: documents.map(({ id }) => id) })
      .andWhere(IS_NEWEST)
      .getMany();
    const foundIds = documents.flatMap(({ versionId }) => versionId ?? []);
    const found = await this.dataSource.getRepository(DocumentVersion).findBy({ id: In(foundIds) });
    const newestOf = new Map(newest.map((version) => [version.documentId, version]));
    const foundOf = new Map(found.map((version) => [version.documentId, version]));
    return documents.flatMap((document) => {
      const version = newestOf.get(document.id);
      return version
        ? [{ document, newest: version, found: foundOf.get(document.id) ?? null }]
        : [];
    });
  }
}
