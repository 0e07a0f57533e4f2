import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import {
  BEING_DELETED,
  Chunk,
  Collection,
  Document,
  DocumentVersion,
  engineOf,
  forUpdate,
  inTransaction,
  removeWords,
} from '#db';
import { DataSource, type EntityManager, In, type SelectQueryBuilder } from 'typeorm';
import { IngestQueue } from '../../ingest/ingest-queue.js';

/** SQL: whether somebody but its owner was meant to have a collection. */
const HAS_OTHERS = `(visibility = 'everyone' OR (visibility = 'shared' AND EXISTS (
  SELECT 1 FROM collection_shares share WHERE share.collection_id = collections.id)))`;

/** Deletes documents for good, and has them taken out of every index. */
@Injectable()
export class RemovalRepository {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly queue: IngestQueue,
  ) {}

  /**
   * Takes documents out of everybody's sight for good; what is left of them goes by and by.
   * @param deletedBefore only those that are in the trash since before that time, and still are.
   * @returns which of them.
   */
  async condemn(ids: readonly number[], deletedBefore?: Date): Promise<number[]> {
    if (ids.length === 0) return [];
    return inTransaction(this.dataSource, async (manager) => {
      const there = manager.createQueryBuilder(Document, 'd').where('d.id IN (:...ids)', { ids });
      if (deletedBefore) there.andWhere('d.deleted_at < :deletedBefore', { deletedBefore });
      const found = (await forUpdate(there).getMany()).map(({ id }) => id);
      if (found.length > 0) {
        await manager.update(Document, { id: In(found) }, { deletedAt: BEING_DELETED });
      }
      return found;
    });
  }

  /** Deletes some passages of documents that nobody sees. @returns whether there are more. */
  async deleteSomePassages(documentIds: readonly number[], most: number): Promise<boolean> {
    if (documentIds.length === 0) return false;
    return inTransaction(this.dataSource, async (manager) => {
      const rows = await manager
        .createQueryBuilder(Chunk, 'k')
        .select(['k.id', 'k.versionId'])
        // By their versions, of which there is an index.
        .where(
          `k.version_id IN (SELECT v.id FROM document_versions v
            WHERE v.document_id IN (:...documentIds))`,
          { documentIds },
        )
        .limit(most)
        .getMany();
      if (rows.length === 0) return false;
      const ids = rows.map(({ id }) => id);
      await removeWords(manager, ids);
      await manager.delete(Chunk, { id: In(ids) });
      return rows.length === most;
    });
  }

  /** Deletes some parts of the bytes of documents that nobody sees. @returns whether there are more. */
  async deleteSomeBytes(documentIds: readonly number[], most: number): Promise<boolean> {
    if (documentIds.length === 0) return false;
    return inTransaction(this.dataSource, async (manager) => {
      const parts = await manager
        .createQueryBuilder()
        .select(['p.version_id AS version', 'p.n AS n'])
        .from('document_parts', 'p')
        .innerJoin(DocumentVersion, 'v', 'v.id = p.version_id')
        .where('v.document_id IN (:...documentIds)', { documentIds })
        .limit(most)
        .getRawMany<{ version: number; n: number }>();
      for (const part of parts) {
        await manager
          .createQueryBuilder()
          .delete()
          .from('document_parts')
          .where('version_id = :version AND n = :n', part)
          .execute();
      }
      return parts.length === most;
    });
  }

  async deleteDocuments(ids: readonly number[]): Promise<void> {
    if (ids.length === 0) return;
    await inTransaction(this.dataSource, async (manager) => {
      await this.forget(manager, (versions) =>
        versions.where('v.document_id IN (:...ids)', { ids }),
      );
      await manager.delete(Document, { id: In([...ids]) });
    });
    this.queue.wake();
  }

  /** Some of the documents of a collection, in the trash or not. */
  async documentsOf(collectionId: number, limit: number): Promise<number[]> {
    const documents = this.dataSource.getRepository(Document);
    const rows = await documents.find({
      select: { id: true },
      where: { collectionId },
      take: limit,
    });
    return rows.map(({ id }) => id);
  }

  /** Whether no other process uses the database. */
  get isAlone(): boolean {
    return engineOf(this.dataSource) === 'sqlite';
  }

  /** In the trash since before the time, whoever's. */
  async documentsDeletedBefore(time: Date, limit: number): Promise<number[]> {
    const rows = await this.dataSource
      .getRepository(Document)
      .createQueryBuilder('d')
      .select('d.id')
      .where('d.deleted_at < :time', { time })
      .limit(limit)
      .getMany();
    return rows.map(({ id }) => id);
  }

  /**
   * What was not heard of since the time though it never arrived; a document that has nothing else
   * goes too.
   */
  async deleteNeverReceived(time: Date): Promise<void> {
    await this.dataSource
      .createQueryBuilder()
      .delete()
      .from(DocumentVersion)
      .where(`status = 'receiving' AND COALESCE(finished_at, created_at) < :time`, { time })
      .execute();
    await this.dataSource
      .createQueryBuilder()
      .delete()
      .from(Document)
      .where('created_at < :time', { time })
      .andWhere('NOT EXISTS (SELECT 1 FROM document_versions v WHERE v.document_id = documents.id)')
      .execute();
  }

  /** Has the attachments of conversations forgotten, which are about to be deleted with them. */
  async forgetAttachments(
    manager: EntityManager,
    conversationIds: readonly number[],
  ): Promise<void> {
    if (conversationIds.length === 0) return;
    await this.forget(manager, (versions) =>
      versions.where('c.conversation_id IN (:...ids)', { ids: conversationIds }),
    );
  }

  /** Puts the attachments of a conversation into the trash with it, or takes them out. */
  async markAttachments(
    manager: EntityManager,
    conversationId: number,
    deletedAt: Date | null,
  ): Promise<void> {
    await manager.update(Collection, { conversationId }, { deletedAt });
  }

  /**
   * Gives an heir what somebody who is about to be deleted shared with others, and has the rest
   * forgotten. What nobody else could read is nobody else's, an administrator's neither.
   */
  async handOver(manager: EntityManager, userId: number, heirId: number): Promise<void> {
    const passed = await manager
      .createQueryBuilder(Collection, 'collections')
      .select('collections.id')
      .where('collections.user_id = :userId AND collections.deleted_at IS NULL', { userId })
      .andWhere('collections.conversation_id IS NULL')
      .andWhere(HAS_OTHERS)
      .getMany();
    const ids = passed.map(({ id }) => id);
    if (ids.length > 0) {
      await manager.update(Collection, { id: In(ids) }, { userId: heirId });
      await manager
        .createQueryBuilder()
        .delete()
        .from('collection_shares')
        .where('collection_id IN (:...ids) AND user_id = :heirId', { ids, heirId })
        .execute();
    }
    await this.forget(manager, (versions) => versions.where('c.user_id = :userId', { userId }));
  }

  private async forget(
    manager: EntityManager,
    which: (versions: SelectQueryBuilder<DocumentVersion>) => SelectQueryBuilder<DocumentVersion>,
  ): Promise<void> {
    const versions = await which(
      manager
        .createQueryBuilder(DocumentVersion, 'v')
        .select('v.id')
        .innerJoin('v.document', 'd')
        .innerJoin('d.collection', 'c'),
    ).getMany();
    for (const { id } of versions) {
      await this.queue.add(manager, { kind: 'remove', versionId: id });
    }
  }
}
