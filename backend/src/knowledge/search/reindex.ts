import { Injectable } from '@nestjs/common';
import { OpenSearchService } from '../opensearch/opensearch.service.js';
import { ChunkIndexes } from './chunk-indexes.js';
import { IndexableChunksRepository } from './indexable-chunks.repository.js';

/** Passages sent at a time. */
const BATCH = 200;

/** What making an index anew came to. */
export interface Reindexed {
  readonly index: string;
  readonly passages: number;
  /** Those that are found by their meaning, too. */
  readonly withVector: number;
}

/**
 * Makes the index in OpenSearch anew from the database, while searches go on in the old one. What
 * is added meanwhile is written to both; what is removed meanwhile is looked for once more at the
 * end, because it may have been copied just before.
 */
@Injectable()
export class Reindex {
  constructor(
    private readonly chunks: IndexableChunksRepository,
    private readonly indexes: ChunkIndexes,
    private readonly outside: OpenSearchService,
  ) {}

  /**
   * @param tell how many passages have been copied so far.
   * @param mayWrite whether vectors that are missing may be made and kept: not beside a server on
   * SQLite, where only that one writes.
   */
  async run(
    tell: (passages: number) => void = () => undefined,
    mayWrite = true,
  ): Promise<Reindexed> {
    const there = await this.outside.chunksThere();
    const index = await there.create();
    let passages = 0;
    let withVector = 0;
    for await (const batch of this.chunks.all(BATCH)) {
      const vectors = mayWrite
        ? await this.indexes.vectorsOf(batch)
        : await this.indexes.keptVectorsOf(batch);
      withVector += vectors.size;
      const whole = batch.map((chunk) => ({ ...chunk, ...vectors.get(chunk.id) }));
      await there.put(whole, [{ name: index, isCurrent: true }]);
      passages += batch.length;
      tell(passages);
    }
    await there.refresh();
    for await (const versions of there.versions(index)) {
      const existing = await this.chunks.existing(versions);
      await there.remove(versions.filter((id) => !existing.has(id)));
    }
    await there.swapTo(index);
    return { index, passages, withVector };
  }
}
