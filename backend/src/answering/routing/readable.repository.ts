import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { Chunk, Collection, Document, DocumentVersion, mayReadCollection } from '#db';
import { DataSource, type SelectQueryBuilder } from 'typeorm';
import type { FoundChunk } from '../../knowledge/search/knowledge-search.js';

/** Collections whose names are looked for in a question. */
const MOST_COLLECTIONS = 500;
/** Attachments of one conversation that are looked at. */
const MOST_ATTACHMENTS = 50;

/** What a person may have an answer stand on. */
export interface Readable {
  /** Collections that hold anything that can be found. */
  readonly collections: readonly string[];
  /** What is attached to the conversation, by its titles. */
  readonly attachments: readonly string[];
}

/** What there is for somebody to read: nothing else is even named. */
@Injectable()
export class ReadableRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** What a person may read, with what is attached to a conversation of theirs. */
  async of(userId: number, conversationId: number | null): Promise<Readable> {
    const [collections, attached] = await Promise.all([
      this.collections(userId)
        .andWhere('c.conversation_id IS NULL')
        .andWhere(
          `EXISTS (SELECT 1 FROM documents d WHERE d.collection_id = c.id
             AND d.deleted_at IS NULL AND d.version_id IS NOT NULL)`,
        )
        .orderBy('c.id')
        .limit(MOST_COLLECTIONS)
        .getMany(),
      conversationId === null ? [] : this.attachments(userId, conversationId),
    ]);
    return {
      collections: collections.map(({ name }) => name),
      attachments: attached.map(({ title }) => title),
    };
  }

  /** How many of the collections a person may read; attachments are none. */
  countReadable(userId: number, ids: readonly number[]): Promise<number> {
    return this.collections(userId)
      .andWhere('c.conversation_id IS NULL')
      .andWhere('c.id IN (:...ids)', { ids: [0, ...ids] })
      .getCount();
  }

  /** The beginning of what is attached, for a question that no words of it answer. */
  async beginnings(userId: number, conversationId: number, limit: number): Promise<FoundChunk[]> {
    const documents = await this.attachments(userId, conversationId);
    const versions = documents.flatMap(({ versionId }) => versionId ?? []);
    if (versions.length === 0) return [];
    const each = Math.max(1, Math.floor(limit / versions.length));
    const chunks = await this.dataSource
      .getRepository(Chunk)
      .createQueryBuilder('k')
      .innerJoin(DocumentVersion, 'v', "v.id = k.versionId AND v.status = 'ready'")
      .where('k.versionId IN (:...versions)', { versions })
      .andWhere('k.n <= :each', { each })
      .orderBy('k.n')
      .addOrderBy('k.versionId')
      .limit(limit)
      .getMany();
    const titles = new Map(documents.map(({ id, title }) => [id, title]));
    return chunks.map(({ id: chunkId, ...chunk }) => ({
      ...chunk,
      chunkId,
      title: titles.get(chunk.documentId) ?? '',
      score: 0,
    }));
  }

  private attachments(userId: number, conversationId: number): Promise<Document[]> {
    return this.dataSource
      .getRepository(Document)
      .createQueryBuilder('d')
      .innerJoin(Collection, 'c', 'c.id = d.collectionId')
      .where('c.conversation_id = :conversationId', { conversationId })
      .andWhere(mayReadCollection('c', ':userId'), { userId })
      .andWhere('d.deleted_at IS NULL AND d.version_id IS NOT NULL')
      .orderBy('d.id')
      .limit(MOST_ATTACHMENTS)
      .getMany();
  }

  private collections(userId: number): SelectQueryBuilder<Collection> {
    return this.dataSource
      .getRepository(Collection)
      .createQueryBuilder('c')
      .where(mayReadCollection('c', ':userId'), { userId });
  }
}
