import type { DataSource, EntityManager } from 'typeorm';
import { engineOf } from '../engine.js';
import { indexedWords } from './search-words.rules.js';

/** Rows in one statement: a few hundred kilobytes of ordinary words. */
const BATCH = 100;

/** A row of the index that holds a post, and one of the index that holds a copy of it. */
const ORIGINAL = 's.id = p.parent_id * 2';
const COPY = 'p.id * 2, p.conversation_id, p.id';

/** Whether the engine can read the words of an entry back; else they are to be made again. */
export const wordsAreKept = (connection: DataSource | EntityManager): boolean =>
  engineOf(connection) !== 'sqlite';

/** The words of a post's entry, for an engine that does not keep them. */
export const copyWords = (ownerId: number, prompt: string, body: string): string =>
  indexedWords(ownerId, `${prompt}\n${body}`);

/**
 * Makes a conversation's posts findable as those they are copies of, whose ids still stand in
 * `parent_id`. Both are of one owner.
 * @param words by the ids of the originals; needed where the engine does not keep them.
 */
export async function indexCopies(
  manager: EntityManager,
  conversationId: number,
  copies: readonly { readonly id: number; readonly originalId: number }[],
  words: ReadonlyMap<number, string>,
): Promise<void> {
  const isKept = wordsAreKept(manager);
  const entries = `FROM posts p INNER JOIN search_text s ON ${ORIGINAL}
    WHERE p.conversation_id = ${String(conversationId)}`;
  await manager.query(
    isKept
      ? `INSERT INTO search_text (id, conversation_id, post_id, words) SELECT ${COPY}, s.words ${entries}`
      : `INSERT INTO search_text (id, conversation_id, post_id) SELECT ${COPY} ${entries}`,
  );
  if (isKept) return;
  for (let at = 0; at < copies.length; at += BATCH) {
    const batch = copies.slice(at, at + BATCH);
    const values = batch.map(() => '(?, ?)').join(', ');
    await manager.query(
      `INSERT OR REPLACE INTO search_words (rowid, words) VALUES ${values}`,
      batch.flatMap(({ id, originalId }) => [id * 2, words.get(originalId) ?? '']),
    );
  }
}
