import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import {
  type CandidateQuery,
  type ChunkCandidate,
  chunkCandidates,
  type ChunkScope,
  engineOf,
  placed,
  inScope,
  readableChunks,
  wordsOfChunks,
} from '#db';
import { DataSource } from 'typeorm';
import type { FoundChunk } from './knowledge-search.js';

/** A passage in full, not yet ranked. */
export type ChunkText = Omit<FoundChunk, 'score'>;

/** Reads passages, none but those that the person may read. */
@Injectable()
export class ChunksRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** Passages in scope that an engine thinks closest to the words, with their own words. */
  candidates(scope: ChunkScope, query: CandidateQuery): Promise<ChunkCandidate[]> {
    return chunkCandidates(this.dataSource.manager, scope, query);
  }

  /** The collections in scope, at most so many. */
  async collections(scope: ChunkScope, most: number): Promise<number[]> {
    const values: unknown[] = [];
    const sql = `SELECT c.id FROM collections c WHERE ${inScope(scope)} LIMIT ${String(most)}`;
    const rows = await this.dataSource.query<{ id: number }[]>(
      placed(engineOf(this.dataSource), sql, { ...scope }, values),
      values,
    );
    return rows.map(({ id }) => id);
  }

  /** How many passages collections hold, counted up to so many. */
  async count(collectionIds: readonly number[], most: number): Promise<number> {
    if (collectionIds.length === 0) return 0;
    const [row] = await this.dataSource.query<{ n: number | string }[]>(
      `SELECT COUNT(*) AS n FROM (SELECT 1 FROM chunks
       WHERE collection_id IN (${collectionIds.join(', ')}) LIMIT ${String(most)}) AS counted`,
    );
    return Number(row?.n ?? 0);
  }

  /** Those of the passages that are in scope, in full, in no order. */
  async texts(scope: ChunkScope, ids: readonly number[]): Promise<ChunkText[]> {
    if (ids.length === 0) return [];
    const engine = engineOf(this.dataSource);
    const name = (column: string) => (engine === 'mariadb' ? `\`${column}\`` : `"${column}"`);
    const values: unknown[] = [];
    const sql = placed(
      engine,
      `SELECT k.id AS ${name('chunkId')}, d.id AS ${name('documentId')},
         k.version_id AS ${name('versionId')}, c.id AS ${name('collectionId')}, k.n, d.title,
         k.page, k.heading, k.text
       FROM chunks k ${readableChunks(scope)}
         AND k.id IN (${ids.map(Number).filter(Number.isSafeInteger).join(', ')})`,
      { ...scope },
      values,
    );
    return this.dataSource.query<ChunkText[]>(sql, values);
  }

  /** First and last id of all passages; undefined: there are none. */
  async range(): Promise<{ first: number; last: number } | undefined> {
    const [row] = await this.dataSource.query<{ first: number | null; last: number | null }[]>(
      'SELECT MIN(id) AS first, MAX(id) AS last FROM chunks',
    );
    return row?.first == null || row.last == null
      ? undefined
      : { first: row.first, last: row.last };
  }

  /** The words of those of the passages that exist, whoever may read them: to be counted only. */
  async words(ids: readonly number[]): Promise<ChunkCandidate[]> {
    return wordsOfChunks(this.dataSource.manager, ids);
  }
}
