import { type EntityManager, In } from 'typeorm';
import { engineOf } from '../engine.js';
import { Chunk } from '../entities/chunk.entity.js';
import type { Document } from '../entities/document.entity.js';
import {
  asTsvector,
  placeWord,
  type ChunkWords,
  chunkWords,
  indexedStems,
  titleWords,
} from './chunk-words.rules.js';

/** Passages in one statement: some milliseconds of folding and stemming, a hundred kilobytes. */
const BATCH = 50;

/** What is indexed of a row of `chunks`. */
export type IndexedChunk = Pick<Chunk, 'id' | 'collectionId' | 'heading' | 'text'>;

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
    const rows = chunks.slice(at, at + BATCH).map(({ id, collectionId, heading, text }) => ({
      id,
      place: placeWord(collectionId),
      ...chunkWords(title, heading, text),
    }));
    await insertRows(manager, rows);
  }
}

async function insertRows(
  manager: EntityManager,
  rows: readonly (ChunkWords & { readonly id: number; readonly place: string })[],
): Promise<void> {
  const engine = engineOf(manager);
  const five = rows.map(() => '(?, ?, ?, ?, ?)').join(', ');
  const values = rows.flatMap(({ id, place, title, heading, words }) => [
    id,
    place,
    ...[title, heading, words].map((stems) => indexedStems(engine, stems)),
  ]);
  switch (engine) {
    case 'sqlite':
      await manager.query(
        `INSERT OR REPLACE INTO chunk_words (rowid, place, title, heading, words) VALUES ${five}`,
        values,
      );
      return;
    case 'mariadb':
      await manager.query(
        `INSERT INTO chunk_words (id, place, title, heading, words) VALUES ${five} ON DUPLICATE KEY UPDATE
         place = VALUES(place), title = VALUES(title), heading = VALUES(heading), words = VALUES(words)`,
        values,
      );
      return;
    case 'postgres':
      await manager.query(
        `INSERT INTO chunk_words (id, words) SELECT * FROM unnest($1::int[], $2::text[]::tsvector[])
         ON CONFLICT (id) DO UPDATE SET words = excluded.words`,
        [rows.map(({ id }) => id), rows.map((row) => asTsvector(row, row.place))],
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

/**
 * Makes some passages of a version unfindable, so that a large one keeps other writers waiting for
 * no longer than so many take.
 * @returns whether there may be more.
 */
export async function removeSomeChunks(
  manager: EntityManager,
  versionId: number,
  most: number,
): Promise<boolean> {
  const id = engineOf(manager) === 'sqlite' ? 'rowid' : 'id';
  const rows = await manager
    .createQueryBuilder()
    .select('k.id', 'id')
    .from(Chunk, 'k')
    .innerJoin('chunk_words', 'w', `w.${id} = k.id`)
    .where('k.version_id = :versionId', { versionId })
    .limit(most)
    .getRawMany<{ id: number }>();
  if (rows.length === 0) return false;
  await removeWords(
    manager,
    rows.map((row) => row.id),
  );
  return rows.length === most;
}

/** Makes passages unfindable. */
export async function removeWords(manager: EntityManager, ids: readonly number[]): Promise<void> {
  const id = engineOf(manager) === 'sqlite' ? 'rowid' : 'id';
  await manager
    .createQueryBuilder()
    .delete()
    .from('chunk_words')
    .where(`${id} IN (:...ids)`, { ids })
    .execute();
}

/** What passages are found by of their document, beside their own words. */
export type RevisedDocument = Pick<Document, 'title' | 'collectionId'>;

/**
 * Makes some passages of a version findable by the title that its document has by now, and where it
 * is by now; by nothing of before. Who may read them is the document's, not theirs. Doing it again
 * does no harm.
 * @param after the place of the last passage that is done; 0: none is.
 * @returns the place of the last one done now; undefined: there are no more.
 */
export async function reviseChunks(
  manager: EntityManager,
  versionId: number,
  { title, collectionId }: RevisedDocument,
  after: number,
  most: number,
): Promise<number | undefined> {
  const rows = await manager
    .createQueryBuilder(Chunk, 'k')
    .select(['k.id', 'k.n'])
    .where('k.versionId = :versionId AND k.n > :after', { versionId, after })
    .orderBy('k.n')
    .limit(most)
    .getMany();
  if (rows.length === 0) return undefined;
  const ids = rows.map(({ id }) => id);
  await manager.update(Chunk, { id: In(ids) }, { collectionId });
  await reviseWords(manager, ids, titleWords(title), placeWord(collectionId));
  return rows.length === most ? rows.at(-1)?.n : undefined;
}

async function reviseWords(
  manager: EntityManager,
  ids: readonly number[],
  title: string,
  place: string,
): Promise<void> {
  const engine = engineOf(manager);
  const those = ids.join(', ');
  switch (engine) {
    case 'sqlite':
    case 'mariadb':
      await manager.query(
        `UPDATE chunk_words SET title = ?, place = ?
         WHERE ${engine === 'sqlite' ? 'rowid' : 'id'} IN (${those})`,
        [indexedStems(engine, title), place],
      );
      return;
    case 'postgres':
      await manager.query(
        `UPDATE chunk_words SET words = ts_filter(words, '{b,d}') || $1::tsvector
         WHERE id IN (${those})`,
        [asTsvector({ title }, place)],
      );
  }
}
