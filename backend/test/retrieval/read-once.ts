import type { DataSource } from 'typeorm';
import { Chunk, Document } from '#db';
import { Library } from '../knowledge/library.js';

/** A document as a server has read it: what it is found by on any engine. */
export interface ReadDocument {
  readonly id: number;
  readonly title: string;
  readonly passages: readonly Chunk[];
}

/** All documents of a database, as they were read. */
export async function documentsIn(dataSource: DataSource): Promise<ReadDocument[]> {
  const chunks = await dataSource.getRepository(Chunk).find({ order: { documentId: 1, n: 1 } });
  const documents = await dataSource.getRepository(Document).find({ order: { id: 1 } });
  return documents.map(({ id, title }) => ({
    id,
    title,
    passages: chunks.filter(({ documentId }) => documentId === id),
  }));
}

/**
 * Stores documents that were read elsewhere, and makes them findable as a reading does.
 * @param names of the documents, by their ids elsewhere.
 * @returns the names by their ids here.
 */
export async function storeIn(
  dataSource: DataSource,
  collectionId: number,
  documents: readonly ReadDocument[],
  names: ReadonlyMap<number, string>,
): Promise<Map<number, string>> {
  const library = new Library(dataSource);
  const here = new Map<number, string>();
  for (const { id, title, passages } of documents) {
    const { documentId } = await library.aDocument(collectionId, title, passages);
    here.set(documentId, names.get(id) ?? title);
  }
  return here;
}
