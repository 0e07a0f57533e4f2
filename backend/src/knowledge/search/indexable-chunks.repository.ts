import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { Chunk, Document, DocumentVersion } from '#db';
import { DataSource, In, MoreThan } from 'typeorm';
import type { OutsideChunk } from '../opensearch/requests.rules.js';

/** A passage, and who added its document. */
export interface IndexableChunk extends Omit<OutsideChunk, 'vector'> {
  readonly createdBy: number;
}

/** Reads passages to be put into other indexes, whoever may read them. */
@Injectable()
export class IndexableChunksRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** The passages of a version, in their order, some at a time. */
  async *ofVersion(versionId: number, most: number): AsyncGenerator<IndexableChunk[]> {
    yield* this.pages(most, { versionId });
  }

  /** Every passage, in the order of their ids, some at a time. */
  async *all(most: number): AsyncGenerator<IndexableChunk[]> {
    yield* this.pages(most, {});
  }

  /** Which of the versions there are. */
  async existing(versionIds: readonly number[]): Promise<Set<number>> {
    const rows = await this.dataSource.getRepository(DocumentVersion).find({
      select: { id: true },
      where: { id: In([...versionIds]) },
    });
    return new Set(rows.map(({ id }) => id));
  }

  private async *pages(
    most: number,
    where: { readonly versionId?: number },
  ): AsyncGenerator<IndexableChunk[]> {
    let last = 0;
    for (;;) {
      const chunks = await this.dataSource.getRepository(Chunk).find({
        where: { ...where, id: MoreThan(last) },
        order: { id: 'ASC' },
        take: most,
      });
      const end = chunks.at(-1);
      if (!end) return;
      last = end.id;
      yield await this.withDocuments(chunks);
    }
  }

  private async withDocuments(chunks: readonly Chunk[]): Promise<IndexableChunk[]> {
    const ids = [...new Set(chunks.map(({ documentId }) => documentId))];
    const documents = await this.dataSource.getRepository(Document).findBy({ id: In(ids) });
    const byId = new Map(documents.map((document) => [document.id, document]));
    return chunks.flatMap(({ id, versionId, documentId, heading, text }) => {
      const document = byId.get(documentId);
      if (!document) return [];
      const { title, createdBy, collectionId } = document;
      return [{ id, versionId, documentId, collectionId, title, heading, text, createdBy }];
    });
  }
}
