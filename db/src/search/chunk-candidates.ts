import type { EntityManager } from 'typeorm';
import { type Engine, engineOf } from '../engine.js';
import { mayReadCollection } from '../readable-collections.js';
import {
  type ChunkWords,
  fromTsvector,
  indexedStem,
  placeWord,
  plainStems,
} from './chunk-words.rules.js';
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
 * SQL: collections `c` that the person may read and asked for; attachments of that conversation
 * only. Needs `:userId` and `:conversationId`.
 */
export function inScope({ collectionIds, conversationId }: ChunkScope): string {
  const ids = (collectionIds ?? []).filter(Number.isSafeInteger).map(String);
  const chosen = collectionIds === null ? '' : `AND c.id IN (${ids.join(', ') || '0'})`;
  const attached = conversationId === null ? '' : 'OR c.conversation_id = :conversationId';
  return `((c.conversation_id IS NULL ${chosen}) ${attached})
    AND ${mayReadCollection('c', ':userId')}`;
}

/**
 * SQL: passages `k` of documents `d` in collections `c` in scope: of the version that counts,
 * nothing of it in the trash. CROSS: SQLite reads what stands before it first.
 */
export const readableChunks = (scope: ChunkScope): string =>
  `CROSS JOIN documents d CROSS JOIN collections c
    WHERE d.id = k.document_id AND d.version_id = k.version_id AND d.deleted_at IS NULL
      AND c.id = d.collection_id AND ${inScope(scope)}`;

const WORDS: Record<Engine, string> = {
  sqlite: 'w.title, w.heading, w.words',
  mariadb: 'w.title, w.heading, w.words',
  postgres: "'' AS title, '' AS heading, CAST(w.words AS text) AS words",
};

/** What an engine is asked for, besides what the person may read. */
export interface CandidateQuery {
  /** Groups of words, of any of which a passage must hold all. */
  readonly anyOf: readonly (readonly Term[])[];
  /** Reads the index for these collections only; null: for all, where there are many. */
  readonly places: readonly number[] | null;
  /** How much a word counts for an engine that does not know how rare it is. */
  readonly rarityOf: (term: Term) => number;
  readonly limit: number;
}

/** How an engine writes that a word, or the other, or both must be there. */
interface Operators {
  readonly word: (stem: string) => string;
  readonly any: (parts: readonly string[]) => string;
  readonly all: (parts: readonly string[]) => string;
}

const joined = (separator: string) => (parts: readonly string[]) =>
  parts.length === 1 ? (parts[0] ?? '') : `(${parts.join(separator)})`;

/** Stems hold letters, digits and `_` only, so nothing in them means anything to an engine. */
const OPERATORS: Record<Engine, Operators> = {
  sqlite: { word: (stem) => `"${stem}"`, any: joined(' OR '), all: joined(' AND ') },
  mariadb: {
    word: (stem) => stem,
    any: joined(' '),
    all: (parts) => `(${parts.map((part) => `+${part}`).join(' ')})`,
  },
  postgres: { word: (stem) => `'${stem}'`, any: joined(' | '), all: joined(' & ') },
};

function matchOf(engine: Engine, { anyOf, places }: CandidateQuery): string {
  const { word, any, all } = OPERATORS[engine];
  const term = (stems: Term) => any(stems.map((stem) => word(indexedStem(engine, stem))));
  const words = any(
    anyOf.map((group) => (group.length === 1 ? term(group[0] ?? []) : all(group.map(term)))),
  );
  if (places === null) return words;
  const place = any(places.map((id) => word(placeWord(id))));
  return engine === 'mariadb' ? `+${place} +${words}` : all([place, words]);
}

/**
 * The passages that match, each engine's index of words read first: left to itself an engine would
 * begin with the documents, and look for the words in each of their passages.
 */
const RANKED: Record<Engine, (scope: string, query: CandidateQuery) => string> = {
  // A word in the title counts one and a half times one in the text, in a heading twice.
  sqlite: (scope, { limit }) =>
    `SELECT k.id, ${WORDS.sqlite} FROM chunk_words w CROSS JOIN chunks k ${scope}
     AND k.id = w.rowid AND w.chunk_words MATCH :match
     AND w.rank MATCH 'bm25(0.0, 1.5, 2.0, 1.0)' ORDER BY w.rank LIMIT ${String(limit)}`,
  mariadb: (scope, { limit }) =>
    `SELECT k.id, ${WORDS.mariadb} FROM chunk_words w CROSS JOIN chunks k ${scope}
     AND k.id = w.id AND ${AGAINST} ORDER BY ${AGAINST} DESC LIMIT ${String(limit)}`,
  postgres: (scope, query) =>
    `WITH m AS MATERIALIZED (SELECT w.id, ${byRarity(query)} AS closeness FROM chunk_words w
       WHERE w.words @@ CAST(:match AS tsquery))
     SELECT w.id, ${WORDS.postgres} FROM (
       SELECT k.id FROM m CROSS JOIN chunks k ${scope} AND k.id = m.id
       ORDER BY m.closeness DESC LIMIT ${String(query.limit)}) f
     INNER JOIN chunk_words w ON w.id = f.id`,
};

const AGAINST = 'MATCH(w.place, w.title, w.heading, w.words) AGAINST (:match IN BOOLEAN MODE)';

/** PostgreSQL ranks by how often words stand, not by how rare they are: here their rarity counts. */
function byRarity({ anyOf, rarityOf }: CandidateQuery): string {
  const { word, any } = OPERATORS.postgres;
  const terms = [...new Set(anyOf.flat())].map((stems) => {
    const match = any(stems.map(word)).replaceAll("'", "''");
    const rarity = rarityOf(stems).toFixed(3);
    return `CASE WHEN w.words @@ CAST('${match}' AS tsquery) THEN ${rarity} ELSE 0 END`;
  });
  return terms.join(' + ');
}

/** The passages in scope that an engine thinks closest to the words, in no order. */
export async function chunkCandidates(
  manager: EntityManager,
  scope: ChunkScope,
  query: CandidateQuery,
): Promise<ChunkCandidate[]> {
  const engine = engineOf(manager);
  if (query.anyOf.length === 0 || query.places?.length === 0) return [];
  const values: unknown[] = [];
  const sql = placed(
    engine,
    RANKED[engine](readableChunks(scope), query),
    { match: matchOf(engine, query), ...scope },
    values,
  );
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
