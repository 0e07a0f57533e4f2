import { ENGLISH_STOP_WORDS, PORTUGUESE_STOP_WORDS } from '#db';

/** Counts up with every change below: indexes of another version are made anew. */
export const DEFINITION_VERSION = 1;

/** The model whose vectors an index holds. */
export interface VectorSpace {
  readonly model: string;
  readonly dimension: number;
}

const FOLDED = ['lowercase', 'asciifolding'];

/** People type `acoes` and write `ações`: words are folded first, so plurals are undone here. */
const ANALYSIS = {
  filter: {
    prosa_pt_stop: { type: 'stop', stopwords: [...PORTUGUESE_STOP_WORDS] },
    prosa_pt_plural: { type: 'pattern_replace', pattern: '[oa]es$', replacement: 'ao' },
    prosa_pt_stem: { type: 'stemmer', language: 'light_portuguese' },
    prosa_en_stop: { type: 'stop', stopwords: [...ENGLISH_STOP_WORDS] },
    prosa_en_stem: { type: 'stemmer', language: 'english' },
  },
  analyzer: {
    prosa_pt: {
      type: 'custom',
      tokenizer: 'standard',
      filter: [...FOLDED, 'prosa_pt_stop', 'prosa_pt_plural', 'prosa_pt_stem'],
    },
    prosa_en: {
      type: 'custom',
      tokenizer: 'standard',
      filter: [...FOLDED, 'prosa_en_stop', 'prosa_en_stem'],
    },
  },
};

const INTEGER = { type: 'integer' };

/** A text found by its Portuguese and by its English words. */
const BOTH_LANGUAGES = {
  type: 'text',
  analyzer: 'prosa_pt',
  fields: { en: { type: 'text', analyzer: 'prosa_en' } },
};

/** Cosine, among those that the filter lets through (Lucene's efficient filter). */
const vector = ({ dimension }: VectorSpace) => ({
  type: 'knn_vector',
  dimension,
  space_type: 'cosinesimil',
  method: { name: 'hnsw', engine: 'lucene' },
});

/** What an index of passages is made with. What a passage says stays in the database. */
export function indexDefinition(space: VectorSpace | undefined): object {
  return {
    settings: { ...(space ? { 'index.knn': true } : {}), analysis: ANALYSIS },
    mappings: {
      dynamic: 'strict',
      _source: { excludes: ['text', 'vector'] },
      _meta: { definition: DEFINITION_VERSION, model: space?.model ?? null },
      properties: {
        chunk_id: INTEGER,
        version_id: INTEGER,
        document_id: INTEGER,
        collection_id: INTEGER,
        title: BOTH_LANGUAGES,
        heading: BOTH_LANGUAGES,
        text: BOTH_LANGUAGES,
        ...(space ? { vector: vector(space) } : {}),
      },
    },
  };
}

/**
 * The template by which indexes of that name are made, also by others than Prosa (a restored
 * snapshot, a copy).
 */
export const indexTemplate = (prefix: string, space: VectorSpace | undefined): object => ({
  index_patterns: [`${prefix}-2*t*`],
  // Where an index of `prosa-2nd` is made, its own template goes before that of `prosa`; two of the
  // same priority for one name are refused.
  priority: 100 + prefix.length,
  version: DEFINITION_VERSION,
  template: indexDefinition(space),
});

/** Name of a new index behind the alias `prefix`: `prosa-chunks-20261121t221503123`. */
export const indexName = (prefix: string, now: Date): string =>
  `${prefix}-${now
    .toISOString()
    .toLowerCase()
    .replace(/[-:.z]/g, '')}`;

/**
 * Whether an index is one behind the alias `prefix`, rather than of another Prosa in the same
 * cluster, whose alias begins alike: `prosa-chunks` and `prosa-chunks-test`.
 */
export const isIndexOf = (prefix: string, name: string): boolean =>
  name.startsWith(`${prefix}-`) && /^\d{8}t\d{9}$/.test(name.slice(prefix.length + 1));

/** Whether an index that has this `_meta` serves what is asked of it today. */
export function isCurrent(meta: unknown, space: VectorSpace | undefined): boolean {
  if (typeof meta !== 'object' || meta === null) return false;
  const { definition, model } = meta as { definition?: unknown; model?: unknown };
  return definition === DEFINITION_VERSION && model === (space?.model ?? null);
}
