import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import type { ChunkScope } from '#db';
import { ChunkVectorsRepository } from './chunk-vectors.repository.js';
import { blockOf, cosines, type NearChunk, type VectorBlock } from './vector-bytes.rules.js';

/** Memory for vectors: 200,000 of 384 numbers. Whoever has more asks OpenSearch. */
const MOST_BYTES = 80_000_000;

/** Numbers multiplied before others have their turn: about 4 ms. */
const NUMBERS_AT_ONCE = 4_000_000;

/** A version without vectors, from before there was a model, is looked at again after so long. */
const LOOKED_AT_MS = 60_000;

/** Versions read in one statement. */
const VERSIONS_AT_ONCE = 50;

/**
 * Vectors in the memory of this process, compared one by one: exact, and quick enough for small
 * installs. They are kept by version, which never changes; which versions count is asked of the
 * database each time.
 */
@Injectable()
export class VectorIndex {
  private readonly logger = new Logger(VectorIndex.name);
  /** The one used last is the last. */
  private readonly blocks = new Map<number, VectorBlock>();
  private bytes = 0;
  private readonly without = new Map<number, number>();

  constructor(private readonly rows: ChunkVectorsRepository) {}

  /** The passages in scope nearest to a vector, nearest first; none where there are too many. */
  async near(
    scope: ChunkScope,
    model: string,
    vector: Float32Array,
    limit: number,
  ): Promise<NearChunk[]> {
    const found = await this.rows.versions(scope);
    const numbers = found.reduce((sum, { passages }) => sum + Number(passages) * vector.length, 0);
    if (numbers > MOST_BYTES) {
      this.logger.error(
        { megabytes: MOST_BYTES / 1e6, versions: found.length },
        'Too many vectors for the memory of one process: only words are searched. OPENSEARCH_URL takes more.',
      );
      return [];
    }
    const versions = found.map(({ id }) => id);
    const blocks = await this.load(versions, model, vector.length);
    let best: NearChunk[] = [];
    let done = 0;
    const rowsAtOnce = Math.max(1, Math.floor(NUMBERS_AT_ONCE / vector.length));
    for (const block of blocks) {
      for (let from = 0; from < block.ids.length; from += rowsAtOnce) {
        const near = cosines(block, vector, from, from + rowsAtOnce);
        best = [...best, ...near].sort((a, b) => b.cosine - a.cosine).slice(0, limit);
        done += near.length;
        if (done >= rowsAtOnce) {
          done = 0;
          await nextTurn();
        }
      }
    }
    return best;
  }

  private async load(
    versions: readonly number[],
    model: string,
    dimension: number,
  ): Promise<VectorBlock[]> {
    const before = Date.now() - LOOKED_AT_MS;
    const missing = versions.filter(
      (id) => !this.blocks.has(id) && (this.without.get(id) ?? 0) < before,
    );
    for (let at = 0; at < missing.length; at += VERSIONS_AT_ONCE) {
      const batch = missing.slice(at, at + VERSIONS_AT_ONCE);
      const rows = Map.groupBy(await this.rows.read(batch, model), ({ versionId }) => versionId);
      for (const id of batch) {
        const of = rows.get(id);
        if (of) this.keep(id, blockOf(of, dimension));
        else this.without.set(id, Date.now());
      }
      if (this.bytes > MOST_BYTES) this.drop(new Set(versions));
    }
    return versions.flatMap((id) => {
      const block = this.blocks.get(id);
      if (!block) return [];
      this.blocks.delete(id);
      this.blocks.set(id, block);
      return [block];
    });
  }

  private keep(id: number, block: VectorBlock): void {
    // Two searches at once may have read the same.
    this.bytes += block.numbers.byteLength - (this.blocks.get(id)?.numbers.byteLength ?? 0);
    this.blocks.set(id, block);
  }

  /** Forgets what was used longest ago, but for what is needed now. */
  private drop(needed: ReadonlySet<number>): void {
    for (const [id, { numbers }] of this.blocks) {
      if (this.bytes <= MOST_BYTES) return;
      if (needed.has(id)) continue;
      this.blocks.delete(id);
      this.bytes -= numbers.byteLength;
    }
  }
}
