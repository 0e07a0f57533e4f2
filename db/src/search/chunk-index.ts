import type { EntityManager } from 'typeorm';
import { engineOf } from '../engine.js';
import type { Chunk } from '../entities/chunk.entity.js';
import {
  asTsvector,
  type ChunkWords,
  chunkWords,
  indexedStems,
  titleWords,
} from './chunk-words.rules.js';

/** Passages in one statement: some milliseconds of folding and stemming, a hundred kilobytes. */
const BATCH = 50;

/** What is indexed of a row of `chunks`. */
export type IndexedChunk = Pick<Chunk, 'id' | 'heading' | 'text'>;

/**
 * Makes passages findable by their words, in the transaction that writes their rows; they are found
 * once their version is their document's. Doing it again replaces what was there.
 * @param document whose title its passages are found by, too.
 */
export async function indexChunks(
  manager: EntityManager,
  chunks: readonly IndexedChunk[],
  { title }: { readonly title: string },
): Promise<void> {
  for (let at = 0; at < chunks.length; at += BATCH) {
    const rows = chunks.slice(at, at + BATCH).map(({ id, heading, text }) => ({
      id,
      ...chunkWords(title, heading, text),
    }));
    await insertRows(manager, rows);
  }
}

async function insertRows(
  manager: EntityManager,
  rows: readonly (ChunkWords & { readonly id: number })[],
): Promise<void> {
  const engine = engineOf(manager);
  const four = rows.map(() => '(?, ?, ?, ?)').join(', ');
  const values = rows.flatMap(({ id, title, heading, words }) => [
    id,
    ...[title, heading, words].map((stems) => indexedStems(engine, stems)),
  ]);
  switch (engine) {
    case 'sqlite':
      await manager.query(
        `INSERT OR REPLACE INTO chunk_words (rowid, title, heading, words) VALUES ${four}`,
        values,
      );
      return;
    case 'mariadb':
      await manager.query(
        `INSERT INTO chunk_words (id, title, heading, words) VALUES ${four} ON DUPLICATE KEY UPDATE
         title = VALUES(title), heading = VALUES(heading), words = VALUES(words)`,
        values,
      );
      return;
    case 'postgres':
      await manager.query(
        `INSERT INTO chunk_words (id, words) SELECT * FROM unnest($1::int[], $2::text[]::tsvector[])
         ON CONFLICT (id) DO UPDATE SET words = excluded.words`,
        [rows.map(({ id }) => id), rows.map(asTsvector)],
      );
  }
}

/** Makes the passages of a version unfindable. They are so anyhow once their rows are deleted. */
export async function removeChunks(manager: EntityManager, versionId: number): Promise<void> {
  const id = engineOf(manager) === 'sqlite' ? 'rowid' : 'id';
  await manager
    .createQueryBuilder()
    .delete()
    .from('chunk_words')
    .where(`${id} IN (SELECT id FROM chunks WHERE version_id = :versionId)`, { versionId })
    .execute();
}

/** Makes a document's passages findable by its new title, and no longer by the one before. */
export async function retitleChunks(
  manager: EntityManager,
  documentId: number,
  title: string,
): Promise<void> {
  const engine = engineOf(manager);
  const words = titleWords(title);
  const ofDocument = '(SELECT id FROM chunks WHERE document_id =';
  switch (engine) {
    case 'sqlite':
      await manager.query(`UPDATE chunk_words SET title = ? WHERE rowid IN ${ofDocument} ?)`, [
        words,
        documentId,
      ]);
      return;
    case 'mariadb':
      await manager.query(`UPDATE chunk_words SET title = ? WHERE id IN ${ofDocument} ?)`, [
        indexedStems(engine, words),
        documentId,
      ]);
      return;
    case 'postgres':
      await manager.query(
        `UPDATE chunk_words SET words = ts_filter(words, '{b,d}') || $1::tsvector
         WHERE id IN ${ofDocument} $2)`,
        [asTsvector({ title: words }), documentId],
      );
  }
}
