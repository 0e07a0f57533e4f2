import type { EntityManager } from 'typeorm';
import { type Engine, engineOf } from '../engine.js';
import { mayReadCollection } from '../readable-collections.js';
import { type ChunkWords, fromTsvector, indexedStem, plainStems } from './chunk-words.rules.js';
import type { Term } from './language/text-words.rules.js';
import { placed } from './placed.rules.js';

/** In whose name, and in which collections, passages are looked for. */
export interface ChunkScope {
  readonly userId: number;
  /** Null: all that the person may read, attachments apart. */
  readonly collectionIds: readonly number[] | null;
  /** Whose attachments count as well; null: none do. */
  readonly conversationId: number | null;
}

/** A passage that holds a word of the question, with its own words. */
export interface ChunkCandidate {
  readonly id: number;
  readonly words: ChunkWords;
}

/**
 * SQL: passages `k` of documents `d` in collections `c` that the person may read and asked for: of
 * the version that counts, nothing of it in the trash, attachments of that conversation only.
 * Needs `:userId` and `:conversationId`. CROSS: SQLite reads what stands before it first.
 */
export function readableChunks({ collectionIds, conversationId }: ChunkScope): string {
  const ids = (collectionIds ?? []).filter(Number.isSafeInteger).map(String);
  const chosen = collectionIds === null ? '' : `AND c.id IN (${ids.join(', ') || '0'})`;
  const attached = conversationId === null ? '' : 'OR c.conversation_id = :conversationId';
  return `CROSS JOIN documents d CROSS JOIN collections c
    WHERE d.id = k.document_id AND d.version_id = k.version_id AND d.deleted_at IS NULL
      AND c.id = d.collection_id AND ((c.conversation_id IS NULL ${chosen}) ${attached})
      AND ${mayReadCollection('c', ':userId')}`;
}

const WORDS: Record<Engine, string> = {
  sqlite: 'w.title, w.heading, w.words',
  mariadb: 'w.title, w.heading, w.words',
  postgres: "'' AS title, '' AS heading, CAST(w.words AS text) AS words",
};

/** A word in the title counts three times one in the text, in a heading twice. */
const FOUND: Record<Engine, (scope: string, limit: string) => string> = {
  sqlite: (scope, limit) =>
    `SELECT k.id, ${WORDS.sqlite} FROM chunk_words w CROSS JOIN chunks k ${scope}
     AND k.id = w.rowid AND w.chunk_words MATCH :match AND w.rank MATCH 'bm25(3.0, 2.0, 1.0)'
     ORDER BY w.rank LIMIT ${limit}`,
  mariadb: (scope, limit) =>
    `SELECT k.id, ${WORDS.mariadb} FROM chunk_words w CROSS JOIN chunks k ${scope}
     AND k.id = w.id AND MATCH(w.title, w.heading, w.words) AGAINST (:match IN BOOLEAN MODE)
     ORDER BY MATCH(w.title, w.heading, w.words) AGAINST (:match IN BOOLEAN MODE) DESC LIMIT ${limit}`,
  postgres: (scope, limit) =>
    `SELECT k.id, ${WORDS.postgres} FROM chunk_words w CROSS JOIN chunks k ${scope}
     AND k.id = w.id AND w.words @@ CAST(:match AS tsquery)
     ORDER BY ts_rank(w.words, CAST(:match AS tsquery)) DESC LIMIT ${limit}`,
};

/** Stems hold letters, digits and `_` only, so nothing in them means anything to an engine. */
const MATCH: Record<Engine, (stems: readonly string[]) => string> = {
  sqlite: (stems) => stems.map((stem) => `"${stem}"`).join(' OR '),
  mariadb: (stems) => stems.join(' '),
  postgres: (stems) => stems.map((stem) => `'${stem}'`).join(' | '),
};

/** The passages in scope that an engine thinks closest to any of the words, closest first. */
export async function chunkCandidates(
  manager: EntityManager,
  scope: ChunkScope,
  terms: readonly Term[],
  limit: number,
): Promise<ChunkCandidate[]> {
  const engine = engineOf(manager);
  const stems = [...new Set(terms.flat())].map((stem) => indexedStem(engine, stem));
  if (stems.length === 0) return [];
  const values: unknown[] = [];
  const named = { match: MATCH[engine](stems), ...scope };
  const found = FOUND[engine](readableChunks(scope), String(limit));
  const sql = placed(engine, found, named, values);
  return (await manager.query<WordsRow[]>(sql, values)).map((row) => candidateOf(engine, row));
}

interface WordsRow extends ChunkWords {
  readonly id: number;
}

function candidateOf(engine: Engine, { id, title, heading, words }: WordsRow): ChunkCandidate {
  if (engine === 'postgres') return { id, words: fromTsvector(words) };
  const plain = (stems: string) => plainStems(engine, stems);
  return { id, words: { title: plain(title), heading: plain(heading), words: plain(words) } };
}

const ROWID: Record<Engine, string> = { sqlite: 'w.rowid', mariadb: 'w.id', postgres: 'w.id' };

/** The words of those of the passages that exist: a sample, when the ids are drawn at random. */
export async function wordsOfChunks(
  manager: EntityManager,
  ids: readonly number[],
): Promise<ChunkCandidate[]> {
  const engine = engineOf(manager);
  const among = ids.filter(Number.isSafeInteger).map(String).join(', ') || '0';
  const rows = await manager.query<WordsRow[]>(
    `SELECT ${ROWID[engine]} AS id, ${WORDS[engine]} FROM chunk_words w
     WHERE ${ROWID[engine]} IN (${among})`,
  );
  return rows.map((row) => candidateOf(engine, row));
}
