import { Injectable } from '@nestjs/common';
import { Embeddings } from '../../embeddings/embeddings.js';
import { ChunkVectorsRepository } from '../embeddings/chunk-vectors.repository.js';
import { toBytes } from '../embeddings/vector-bytes.rules.js';
import { OpenSearchService } from '../opensearch/opensearch.service.js';
import { type IndexableChunk, IndexableChunksRepository } from './indexable-chunks.repository.js';

/** Passages read, embedded and sent at a time. */
const BATCH = 64;

/**
 * What passages are found by besides the words in the database: OpenSearch, and vectors, which cost
 * a model call. Everything here may be done again without harm.
 */
@Injectable()
export class ChunkIndexes {
  constructor(
    private readonly chunks: IndexableChunksRepository,
    private readonly embeddings: Embeddings,
    private readonly vectors: ChunkVectorsRepository,
    private readonly outside: OpenSearchService,
  ) {}

  /**
   * Makes the passages of a version findable, whose rows are committed; to be done before the
   * version becomes its document's. A vector that is there already is not paid for again. OpenSearch
   * being away is no failure, for the words are in the database; it is to be told later, by doing
   * this again.
   * @returns whether OpenSearch, where there is one, has all of it.
   * @throws {ModelFailure}; {DomainError} LIMIT.…; trying again goes on from there.
   */
  async add(versionId: number, signal?: AbortSignal): Promise<boolean> {
    if (!this.outside.isConfigured && !(await this.embeddings.embedder())) return true;
    let isTold = true;
    for await (const batch of this.chunks.ofVersion(versionId, BATCH)) {
      signal?.throwIfAborted();
      const vectors = await this.vectorsOf(batch, signal);
      const whole = batch.map((chunk) => ({ ...chunk, ...vectors.get(chunk.id) }));
      if (!(await this.outside.put(whole))) isTold = false;
    }
    return isTold;
  }

  /**
   * Takes a version out, whether its rows are still there or not; vectors go with the rows.
   * @throws {OpenSearchError} while OpenSearch is away: to be done again.
   */
  async remove(versionId: number): Promise<void> {
    await this.outside.remove([versionId]);
  }

  /** Whether there is an OpenSearch, which must be told of what changes. */
  get mustBeTold(): boolean {
    return this.outside.isConfigured;
  }

  /** The vectors of passages that are kept, by their ids: nothing is made, nor written. */
  async keptVectorsOf(
    batch: readonly IndexableChunk[],
  ): Promise<Map<number, { vector: number[] }>> {
    const embedder = await this.embeddings.embedder();
    if (!embedder) return new Map();
    const ids = batch.map(({ id }) => id);
    const kept = await this.vectors.ofChunks(embedder.id, ids);
    return new Map(kept.map(({ id, vector }) => [id, { vector: [...new Int8Array(vector)] }]));
  }

  /** The vectors of passages, by their ids: those that are kept, and the others made now. */
  async vectorsOf(
    batch: readonly IndexableChunk[],
    signal?: AbortSignal,
  ): Promise<Map<number, { vector: number[] }>> {
    const embedder = await this.embeddings.embedder();
    if (!embedder) return new Map();
    const found = await this.keptVectorsOf(batch);
    for (const [userId, chunks] of Map.groupBy(
      batch.filter(({ id }) => !found.has(id)),
      ({ createdBy }) => createdBy,
    )) {
      const texts = chunks.map(({ title, heading, text }) =>
        [title, heading, text].filter(Boolean).join('\n'),
      );
      const made = await this.embeddings.vectors(texts, userId, signal);
      const rows = made.map((vector, at) => ({ id: chunks[at]?.id ?? 0, vector: toBytes(vector) }));
      await this.vectors.add(
        embedder.id,
        rows.map(({ id, vector }) => ({ id, vector: new Uint8Array(vector.buffer) })),
      );
      for (const { id, vector } of rows) found.set(id, { vector: [...vector] });
    }
    return found;
  }
}
