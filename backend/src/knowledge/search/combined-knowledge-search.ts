import { Injectable, Logger } from '@nestjs/common';
import { wordsAlike } from '#db';
import { Embeddings } from '../../embeddings/embeddings.js';
import { VectorIndex } from '../embeddings/vector-index.js';
import { OpenSearchService } from '../opensearch/opensearch.service.js';
import { ChunksRepository } from './chunks.repository.js';
import { fuse } from './fusion.rules.js';
import { type FoundChunk, type KnowledgeQuery, KnowledgeSearch } from './knowledge-search.js';
import { asked, QUESTION_WORDS, WordSearch } from './word-search.js';

/** Passages taken of each ranking; some of them may be of versions that no longer count. */
const OF_EACH = 50;

/** The collections that OpenSearch is told of; it refuses more than 65,536 (index.max_terms_count). */
const MOST_COLLECTIONS = 60_000;

/** A passage further away than that speaks of something else. */
const NEAREST_COSINE = 0.35;

/** Longest a question waits for its vector, in milliseconds; without it words are searched. */
const VECTOR_MS = 5000;

/**
 * Searches words and, where there is an embedding model, meaning; in OpenSearch where there is one,
 * else in the database, which stands in for it while it cannot be reached. What is shown always
 * comes from the database, which decides once more who may read it.
 */
@Injectable()
export class CombinedKnowledgeSearch extends KnowledgeSearch {
  private readonly logger = new Logger(CombinedKnowledgeSearch.name);

  constructor(
    private readonly words: WordSearch,
    private readonly chunks: ChunksRepository,
    private readonly embeddings: Embeddings,
    private readonly vectors: VectorIndex,
    private readonly outside: OpenSearchService,
  ) {
    super();
  }

  override async search(query: KnowledgeQuery): Promise<FoundChunk[]> {
    const vector = await this.vectorOf(query);
    const rankings =
      (await this.inOpenSearch(query, vector)) ?? (await this.inHouse(query, vector));
    const ranked = fuse(rankings).slice(0, Math.max(query.limit, OF_EACH));
    const texts = await this.chunks.texts(
      query,
      ranked.map(({ id }) => id),
    );
    const byId = new Map(texts.map((text) => [text.chunkId, text]));
    return ranked
      .flatMap(({ id, score }) => {
        const text = byId.get(id);
        return text ? [{ ...text, score }] : [];
      })
      .slice(0, query.limit);
  }

  /** Undefined: there is no OpenSearch, or it does not answer. */
  private async inOpenSearch(
    query: KnowledgeQuery,
    vector: Float32Array | undefined,
  ): Promise<number[][] | undefined> {
    if (!this.outside.isConfigured) return undefined;
    const collectionIds = await this.chunks.collections(query, MOST_COLLECTIONS);
    if (collectionIds.length === 0) return [];
    const hits = await this.outside.search({
      question: asked(query.text),
      alike: wordsAlike(asked(query.text), query.language, QUESTION_WORDS),
      vector: vector && [...vector],
      collectionIds,
      size: OF_EACH,
    });
    if (!hits) return undefined;
    const near = hits.vectors.filter(({ cosine }) => cosine >= NEAREST_COSINE);
    return [await this.words.judge(query, hits.words), near.map(({ id }) => id)];
  }

  private async inHouse(
    query: KnowledgeQuery,
    vector: Float32Array | undefined,
  ): Promise<number[][]> {
    const found = await this.words.find(query);
    const ranking = found.map(({ id }) => id).slice(0, OF_EACH);
    const embedder = await this.embeddings.embedder();
    if (!vector || !embedder) return [ranking];
    const near = await this.vectors.near(query, embedder.id, vector, OF_EACH);
    const close = near.filter(({ cosine }) => cosine >= NEAREST_COSINE);
    return [ranking, close.map(({ id }) => id)];
  }

  private async vectorOf({ text, userId }: KnowledgeQuery): Promise<Float32Array | undefined> {
    if (text.trim() === '' || !(await this.embeddings.embedder())) return undefined;
    try {
      const signal = AbortSignal.timeout(VECTOR_MS);
      const [vector] = await this.embeddings.vectors([asked(text)], userId, signal);
      return vector;
    } catch (error) {
      // A limit that is reached, or a model that is away: words find most of it.
      this.logger.warn(
        { err: error },
        'The embedding model did not answer: only words are searched',
      );
      return undefined;
    }
  }
}
