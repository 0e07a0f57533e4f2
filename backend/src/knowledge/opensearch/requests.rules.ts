/** A passage as OpenSearch is told of it. */
export interface OutsideChunk {
  readonly id: number;
  readonly versionId: number;
  readonly documentId: number;
  readonly collectionId: number;
  readonly title: string;
  readonly heading: string;
  readonly text: string;
  /** Where there is an embedding model. */
  readonly vector?: readonly number[];
}

/** A word in a heading counts twice one in the text: the same as in the database. */
const FIELDS = ['text', 'heading^2', 'title^1.5', 'text.en', 'heading.en^2', 'title.en^1.5'];

/** A little of the other fields' scores is added to that of the best. */
const TIE_BREAKER = 0.3;

const multiMatch = (query: string, boost: number) => ({
  multi_match: { query, type: 'best_fields', fields: FIELDS, tie_breaker: TIE_BREAKER, boost },
});

const within = (collectionIds: readonly number[]) => ({
  terms: { collection_id: collectionIds },
});

/** What a word counts that means the same as one that was asked; as in the database. */
const ALIKE_BOOST = 0.7;

/** What is looked for by its words. */
export interface AskedWords {
  readonly question: string;
  /** Words that mean the same as its own, in either language. */
  readonly alike: readonly string[];
}

/** Looks for words, in these collections only. */
export const wordsQuery = (
  { question, alike }: AskedWords,
  collectionIds: readonly number[],
  size: number,
): object => ({
  size,
  _source: false,
  query: {
    bool: {
      filter: [within(collectionIds)],
      should: [
        multiMatch(question, 1),
        ...(alike.length > 0 ? [multiMatch(alike.join(' '), ALIKE_BOOST)] : []),
      ],
      minimum_should_match: 1,
    },
  },
});

/** Looks for what is near a vector, in these collections only: the filter is part of the search. */
export const vectorQuery = (
  vector: readonly number[],
  collectionIds: readonly number[],
  size: number,
): object => ({
  size,
  _source: false,
  query: { knn: { vector: { vector, k: size, filter: within(collectionIds) } } },
});

/** The lines of a bulk request that puts passages into an index. */
export const bulkLines = (
  index: { readonly name: string; readonly isCurrent: boolean },
  chunks: readonly OutsideChunk[],
): object[] =>
  chunks.flatMap(({ id, versionId, documentId, collectionId, title, heading, text, vector }) => [
    { index: { _index: index.name, _id: String(id) } },
    {
      chunk_id: id,
      version_id: versionId,
      document_id: documentId,
      collection_id: collectionId,
      title,
      heading,
      text,
      // A vector of nothing has no direction, and is refused.
      ...(index.isCurrent && vector?.some((number) => number !== 0) ? { vector } : {}),
    },
  ]);

/** What deletes the passages of versions. */
export const ofVersions = (versionIds: readonly number[]): object => ({
  query: { terms: { version_id: versionIds } },
});

/** One page of the versions that an index holds. */
export const versionsPage = (after: unknown, size: number): object => ({
  size: 0,
  aggs: {
    versions: {
      composite: {
        size,
        sources: [{ id: { terms: { field: 'version_id' } } }],
        ...(after === undefined ? {} : { after }),
      },
    },
  },
});
