import type { EntityManager } from 'typeorm';
import { type Engine, engineOf } from '../engine.js';
import { placed } from './placed.rules.js';
import { indexedWords, ownedWord, searchTerms } from './search-words.rules.js';

/** A title (no post) or a post, with the text by which it is to be found. */
export interface SearchEntry {
  readonly ownerId: number;
  readonly conversationId: number;
  readonly postId: number | null;
  readonly text: string;
}

/** A condition on `search_text s`, for a WHERE clause with named parameters. */
export interface SearchCondition {
  readonly sql: string;
  readonly match: string;
}

/** One row a post and one a title, without a second counter. */
export const searchRowId = ({
  postId,
  conversationId,
}: Pick<SearchEntry, 'postId' | 'conversationId'>): number =>
  postId === null ? conversationId * 2 + 1 : postId * 2;

/**
 * Writes or replaces an entry, in the transaction that changes its text. Written by the
 * repositories and never by a trigger, so that one function makes the same words on each engine.
 */
export async function indexEntry(manager: EntityManager, entry: SearchEntry): Promise<void> {
  const id = searchRowId(entry);
  const { conversationId, postId } = entry;
  const words = indexedWords(entry.ownerId, entry.text);
  switch (engineOf(manager)) {
    case 'sqlite':
      await manager.query(
        'INSERT OR REPLACE INTO search_text (id, conversation_id, post_id) VALUES (?, ?, ?)',
        [id, conversationId, postId],
      );
      await manager.query('INSERT OR REPLACE INTO search_words (rowid, words) VALUES (?, ?)', [
        id,
        words,
      ]);
      return;
    case 'mariadb':
      await manager.query(
        `INSERT INTO search_text (id, conversation_id, post_id, words) VALUES (?, ?, ?, ?)
         ON DUPLICATE KEY UPDATE words = VALUES(words)`,
        [id, conversationId, postId, words],
      );
      return;
    case 'postgres':
      await manager.query(
        `INSERT INTO search_text (id, conversation_id, post_id, words)
         VALUES ($1, $2, $3, to_tsvector('simple', $4))
         ON CONFLICT (id) DO UPDATE SET words = excluded.words`,
        [id, conversationId, postId, words],
      );
  }
}

/** Forgets conversations. Needed before they are deleted: SQLite's word index has no foreign key. */
export async function removeFromIndex(
  manager: EntityManager,
  conversationIds: readonly number[],
): Promise<void> {
  for (const id of conversationIds) {
    if (engineOf(manager) === 'sqlite') {
      await manager.query(
        'DELETE FROM search_words WHERE rowid IN (SELECT id FROM search_text WHERE conversation_id = ?)',
        [id],
      );
    }
    await manager
      .createQueryBuilder()
      .delete()
      .from('search_text')
      .where('conversation_id = :id', { id })
      .execute();
  }
}

const CONDITION: Record<Engine, string> = {
  sqlite: 's.id IN (SELECT rowid FROM search_words WHERE search_words MATCH :match)',
  mariadb: 'MATCH(s.words) AGAINST (:match IN BOOLEAN MODE)',
  postgres: "s.words @@ to_tsquery('simple', :match)",
};

const EXPRESSION: Record<Engine, (whole: readonly string[], prefix: string) => string> = {
  sqlite: (whole, prefix) => [...whole.map((word) => `"${word}"`), `"${prefix}"*`].join(' AND '),
  mariadb: (whole, prefix) => [...whole.map((word) => `+${word}`), `+${prefix}*`].join(' '),
  postgres: (whole, prefix) => [...whole, `${prefix}:*`].join(' & '),
};

/**
 * The condition that finds a person's entries with all the words of `query`, the last of which
 * may be the beginning of a word. Undefined when the query holds no word.
 */
export function searchCondition(
  engine: Engine,
  ownerId: number,
  query: string,
): SearchCondition | undefined {
  const terms = searchTerms(ownerId, query);
  const prefix = terms.pop();
  return prefix === undefined
    ? undefined
    : { sql: CONDITION[engine], match: EXPRESSION[engine](terms, prefix) };
}

/** Where words are looked for. */
export interface WordPlace {
  readonly ownerId: number;
  readonly conversationId: number;
  /** The first and the last post that are looked at. */
  readonly from: number;
  readonly to: number;
  /** Posts for each word, the newest. */
  readonly limit: number;
}

const WITH_WORD: Record<Engine, string> = {
  // CROSS: SQLite would begin with the conversation's rows, and ask for the word in each of them.
  sqlite: `search_words w CROSS JOIN search_text s ON s.id = w.rowid
    WHERE w.search_words MATCH :word AND w.rowid BETWEEN :first AND :last`,
  mariadb: `search_text s
    WHERE MATCH(s.words) AGAINST (:word IN BOOLEAN MODE) AND s.id BETWEEN :first AND :last`,
  postgres: `search_text s
    WHERE s.words @@ to_tsquery('simple', :word) AND s.id BETWEEN :first AND :last`,
};

/** The index of words is read from its end, so a common word costs no more than the limit. */
const NEWEST_FIRST: Record<Engine, string> = {
  sqlite: 'w.rowid DESC',
  mariadb: 's.id DESC',
  postgres: 's.id DESC',
};

const WHOLE_WORD: Record<Engine, (word: string) => string> = {
  sqlite: (word) => `"${word}"`,
  mariadb: (word) => `+${word}`,
  postgres: (word) => word,
};

/**
 * In which posts of a person's conversation each of the words stands, in one query.
 * @param words folded, as `wordsOf` gives them.
 * @returns each with the place of its word among them.
 */
export async function postsWithWords(
  manager: EntityManager,
  { ownerId, conversationId, from, to, limit }: WordPlace,
  words: readonly string[],
): Promise<{ term: number; postId: number }[]> {
  if (words.length === 0) return [];
  const engine = engineOf(manager);
  const values: unknown[] = [];
  const selects = words.map((word, term) => {
    const named: Record<string, unknown> = {
      word: WHOLE_WORD[engine](ownedWord(ownerId, word)),
      first: searchRowId({ postId: from, conversationId }),
      last: searchRowId({ postId: to, conversationId }),
      conversation: conversationId,
    };
    const sql = `SELECT ${String(term)} AS term, s.post_id AS post_id FROM ${WITH_WORD[engine]}
      AND s.conversation_id = :conversation AND s.post_id IS NOT NULL
      ORDER BY ${NEWEST_FIRST[engine]} LIMIT ${String(limit)}`;
    return `SELECT * FROM (${placed(engine, sql, named, values)}) t${String(term)}`;
  });
  const rows = await manager.query<{ term: number; post_id: number }[]>(
    selects.join(' UNION ALL '),
    values,
  );
  return rows.map(({ term, post_id: postId }) => ({ term, postId }));
}
