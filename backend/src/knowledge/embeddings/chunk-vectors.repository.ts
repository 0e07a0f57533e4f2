import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { type ChunkScope, engineOf, inScope, placed } from '#db';
import { DataSource } from 'typeorm';

/** A vector as a row holds it. */
export interface VectorRow {
  readonly id: number;
  readonly vector: Uint8Array;
}

const ROWS_AT_ONCE = 200;

/** Vectors of passages in the database. */
@Injectable()
export class ChunkVectorsRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** The versions in scope that can be found, and how many passages each has. */
  async versions(scope: ChunkScope): Promise<{ id: number; passages: number | string }[]> {
    const values: unknown[] = [];
    const sql = `SELECT d.version_id AS id, COALESCE(v.chunk_count, 0) AS passages
      FROM documents d INNER JOIN collections c ON c.id = d.collection_id
      INNER JOIN document_versions v ON v.id = d.version_id
      WHERE d.deleted_at IS NULL AND d.version_id IS NOT NULL AND ${inScope(scope)}`;
    return this.dataSource.query<{ id: number; passages: number | string }[]>(
      placed(engineOf(this.dataSource), sql, { ...scope }, values),
      values,
    );
  }

  /** The vectors of versions by that model. */
  async read(
    versionIds: readonly number[],
    model: string,
  ): Promise<(VectorRow & { readonly versionId: number })[]> {
    if (versionIds.length === 0) return [];
    const values: unknown[] = [];
    const sql = `SELECT v.chunk_id AS id, v.vector, k.version_id AS version
      FROM chunks k INNER JOIN chunk_vectors v ON v.chunk_id = k.id AND v.model = :model
      WHERE k.version_id IN (${versionIds.join(', ')}) ORDER BY v.chunk_id`;
    const rows = await this.dataSource.query<(VectorRow & { version: number })[]>(
      placed(engineOf(this.dataSource), sql, { model }, values),
      values,
    );
    return rows.map(({ id, vector, version }) => ({ id, vector, versionId: version }));
  }

  /** The vectors of passages by that model, of those that have one. */
  async ofChunks(model: string, ids: readonly number[]): Promise<VectorRow[]> {
    if (ids.length === 0) return [];
    const values: unknown[] = [];
    const sql = `SELECT chunk_id AS id, vector FROM chunk_vectors
      WHERE model = :model AND chunk_id IN (${ids.join(', ')})`;
    return this.dataSource.query<VectorRow[]>(
      placed(engineOf(this.dataSource), sql, { model }, values),
      values,
    );
  }

  /** Keeps vectors; one that is there already stays. */
  async add(model: string, rows: readonly VectorRow[]): Promise<void> {
    const engine = engineOf(this.dataSource);
    const begin = {
      sqlite: 'INSERT OR IGNORE INTO',
      mariadb: 'INSERT IGNORE INTO',
      postgres: 'INSERT INTO',
    }[engine];
    const end = engine === 'postgres' ? ' ON CONFLICT DO NOTHING' : '';
    for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
      const batch = rows.slice(at, at + ROWS_AT_ONCE);
      const three = batch.map((_, n) =>
        engine === 'postgres'
          ? `($${String(n * 3 + 1)}::int, $${String(n * 3 + 2)}, $${String(n * 3 + 3)}::bytea)`
          : '(?, ?, ?)',
      );
      await this.dataSource.query(
        `${begin} chunk_vectors (chunk_id, model, vector) VALUES ${three.join(', ')}${end}`,
        batch.flatMap(({ id, vector }) => [id, model, Buffer.from(vector)]),
      );
    }
  }
}
