import { setTimeout as wait } from 'node:timers/promises';
import type { Client } from '@opensearch-project/opensearch';
import {
  indexDefinition,
  indexName,
  indexTemplate,
  isCurrent,
  isIndexOf,
  type VectorSpace,
} from './index-definition.rules.js';
import {
  type AskedWords,
  bulkLines,
  ofVersions,
  type OutsideChunk,
  vectorQuery,
  versionsPage,
  wordsQuery,
} from './requests.rules.js';

/** Writing a batch, or deleting a document, may take longer than a search. */
const WRITING = { requestTimeout: 60_000 };
const VERSIONS_AT_ONCE = 1000;
const LAST_SEARCHES_MS = 1000;

/** Ids of passages, best first. */
export interface OutsideHits {
  readonly words: readonly number[];
  readonly vectors: readonly { readonly id: number; readonly cosine: number }[];
}

/** An index behind the alias, or one that will be. */
export interface OutsideIndex {
  readonly name: string;
  /** Made for what is asked of it today; another takes no vectors. */
  readonly isCurrent: boolean;
}

/** What is looked for in OpenSearch. */
export interface OutsideQuery extends AskedWords {
  readonly vector?: readonly number[] | undefined;
  /** Nothing else is looked at. */
  readonly collectionIds: readonly number[];
  readonly size: number;
}

/** OpenSearch could not do what it was told; says what it answered. */
export class OpenSearchError extends Error {
  override readonly name = 'OpenSearchError';
}

/**
 * Passages in OpenSearch: an alias over one index, or over two while a new one is filled. Whoever
 * writes, writes to every index there is, so a new one misses nothing. Every method throws what
 * the client throws when the server is not there.
 */
export class OpenSearchChunks {
  /** @param alias by which passages are searched, and with which every index's name begins. */
  constructor(
    private readonly client: Client,
    private readonly alias: string,
    private readonly space: VectorSpace | undefined,
  ) {}

  /**
   * Brings the template up to date and makes the first index.
   * @returns whether the index that is searched was made for what is asked of it today; false: it
   * serves on, its words at least, until a new one takes its place.
   */
  async prepare(): Promise<boolean> {
    await this.client.indices.putIndexTemplate({
      name: this.alias,
      body: indexTemplate(this.alias, this.space),
    });
    const { body: exists } = await this.client.indices.existsAlias({ name: this.alias });
    if (!exists) {
      const index = await this.create();
      await this.client.indices.updateAliases({
        body: { actions: [{ add: { index, alias: this.alias } }] },
      });
      return true;
    }
    const { body } = await this.client.indices.getMapping({ index: this.alias });
    return Object.values(body).every(({ mappings }) => isCurrent(mappings._meta, this.space));
  }

  /** Makes a new index, which is written to from now on but not yet searched. */
  async create(): Promise<string> {
    const index = indexName(this.alias, new Date());
    await this.client.indices.create({ index, body: indexDefinition(this.space) });
    return index;
  }

  /** Every index, whether it is searched or being filled. */
  async indexes(): Promise<OutsideIndex[]> {
    const { body } = await this.client.indices.get({
      index: `${this.alias}-*`,
      allow_no_indices: true,
      expand_wildcards: 'open',
    });
    const own = Object.entries(body).filter(([name]) => isIndexOf(this.alias, name));
    return own.map(([name, { mappings }]) => ({
      name,
      isCurrent: isCurrent((mappings as { _meta?: unknown } | undefined)?._meta, this.space),
    }));
  }

  /**
   * Puts passages into every index, or into those that are named; again is as good as once.
   * @throws {OpenSearchError} when one of them is refused.
   */
  async put(chunks: readonly OutsideChunk[], indexes?: readonly OutsideIndex[]): Promise<void> {
    const into = indexes ?? (await this.indexes());
    const lines = into.flatMap((index) => bulkLines(index, chunks));
    if (lines.length === 0) return;
    const { body } = await this.client.bulk({ body: lines as never }, WRITING);
    if (!body.errors) return;
    const refused = body.items.map((item) => item.index?.error?.reason).find(Boolean);
    throw new OpenSearchError(refused ?? 'A passage was refused');
  }

  /** Takes versions out of every index. */
  async remove(versionIds: readonly number[]): Promise<void> {
    const index = (await this.indexes()).map(({ name }) => name);
    if (versionIds.length === 0 || index.length === 0) return;
    // What was written a moment ago is not seen by a query before a refresh.
    await this.client.indices.refresh({ index });
    await this.client.deleteByQuery(
      { index, body: ofVersions(versionIds), conflicts: 'proceed' },
      WRITING,
    );
  }

  /** Makes what was written visible to searches at once. */
  async refresh(): Promise<void> {
    const index = (await this.indexes()).map(({ name }) => name);
    if (index.length > 0) await this.client.indices.refresh({ index });
  }

  /** The passages that speak of a question, by their words and by their vectors. */
  async search({ vector, collectionIds, size, ...words }: OutsideQuery): Promise<OutsideHits> {
    const byWordsAsked = wordsQuery(words, collectionIds, size);
    if (!vector) {
      const { body } = await this.client.search({ index: this.alias, body: byWordsAsked });
      return { words: idsOf(body.hits.hits), vectors: [] };
    }
    const near = vectorQuery(vector, collectionIds, size);
    const index = { index: this.alias };
    const { body } = await this.client.msearch({
      body: [index, byWordsAsked, index, near] as never,
    });
    const [byWords, byVectors] = body.responses;
    if (!byWords || !('hits' in byWords)) {
      throw new OpenSearchError(byWords?.error.reason ?? 'A search was refused');
    }
    // An index from before there was an embedding model knows no vectors.
    const isNear = byVectors && 'hits' in byVectors;
    return { words: idsOf(byWords.hits.hits), vectors: isNear ? nearOf(byVectors.hits.hits) : [] };
  }

  /** Searches the index from now on in place of all others, in one step, and deletes those. */
  async swapTo(index: string): Promise<void> {
    const old = (await this.indexes()).map(({ name }) => name).filter((name) => name !== index);
    await this.client.indices.updateAliases({
      body: {
        actions: [
          { add: { index, alias: this.alias } },
          ...old.map((name) => ({ remove: { index: name, alias: this.alias, must_exist: false } })),
        ],
      },
    });
    if (old.length === 0) return;
    // Searches under way in the old one are to come to their end.
    await wait(LAST_SEARCHES_MS);
    await this.client.indices.delete({ index: old });
  }

  /** The versions that an index holds passages of, some at a time. */
  async *versions(index: string): AsyncGenerator<number[]> {
    let after: unknown;
    do {
      const { body } = await this.client.search({
        index,
        body: versionsPage(after, VERSIONS_AT_ONCE),
      });
      const page = body.aggregations?.['versions'] as unknown as CompositePage;
      yield page.buckets.map(({ key }) => key.id);
      after = page.after_key;
    } while (after !== undefined);
  }

  /** @throws when the server does not answer within two seconds. */
  async ping(): Promise<void> {
    await this.client.ping({}, { requestTimeout: 2000, maxRetries: 0 });
  }

  async close(): Promise<void> {
    await this.client.close();
  }
}

interface CompositePage {
  readonly buckets: readonly { readonly key: { readonly id: number } }[];
  readonly after_key?: unknown;
}

const idsOf = (hits: readonly { readonly _id?: string }[]): number[] =>
  hits.map(({ _id }) => Number(_id)).filter(Number.isSafeInteger);

/** Lucene's score of a cosine is (1 + cosine) / 2. */
const nearOf = (hits: readonly { readonly _id?: string; readonly _score?: unknown }[]) =>
  hits.map(({ _id, _score }) => ({ id: Number(_id), cosine: 2 * Number(_score) - 1 }));
