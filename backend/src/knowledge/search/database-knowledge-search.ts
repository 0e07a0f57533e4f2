import { Injectable } from '@nestjs/common';
import { type CandidateQuery, type Term, termsOf } from '#db';
import { chooseWords } from './choose-words.rules.js';
import { rankChunks, rarityOf, relevantChunks } from './chunk-ranking.rules.js';
import { ChunksRepository } from './chunks.repository.js';
import { type FoundChunk, type KnowledgeQuery, KnowledgeSearch } from './knowledge-search.js';
import { WordCounts } from './word-counts.js';

/** A question's first words say what it is about; a pasted file's last thousand do not. */
const QUESTION_CHARACTERS = 2000;
const QUESTION_WORDS = 24;

/** Passages that are taken from the engine and ranked here: some 300 kB of words, 2 ms. */
const CANDIDATES = 300;

/**
 * Collections that are looked at by name. Where there are more, an engine is quicker to find words
 * first and ask then who may read them.
 */
const MOST_PLACES = 50;

/** Finds passages by their words, in the database's own full-text index. */
@Injectable()
export class DatabaseKnowledgeSearch extends KnowledgeSearch {
  constructor(
    private readonly chunks: ChunksRepository,
    private readonly counts: WordCounts,
  ) {
    super();
  }

  override async search(query: KnowledgeQuery): Promise<FoundChunk[]> {
    const question = query.text.slice(0, QUESTION_CHARACTERS);
    const terms = termsOf(question, query.language, QUESTION_WORDS);
    if (terms.length === 0) return [];
    const counts = await this.counts.read();
    const plan = await this.plan(query, terms, counts);
    const candidates = await this.chunks.candidates(query, plan);
    const ranked = relevantChunks(rankChunks(terms, candidates, counts.statistics)).slice(
      0,
      query.limit,
    );
    const texts = await this.chunks.texts(
      query,
      ranked.map(({ id }) => id),
    );
    const byId = new Map(texts.map((text) => [text.chunkId, text]));
    return ranked.flatMap(({ id, score }) => {
      const text = byId.get(id);
      return text ? [{ ...text, score }] : [];
    });
  }

  /** How the engine is to look, so that it need not look at too much. */
  private async plan(
    query: KnowledgeQuery,
    terms: readonly Term[],
    { passages, statistics }: Awaited<ReturnType<WordCounts['read']>>,
  ): Promise<CandidateQuery> {
    const collections = await this.chunks.collections(query, MOST_PLACES + 1);
    const isFew = collections.length <= MOST_PLACES;
    const held = isFew ? await this.chunks.count(collections, passages) : passages;
    return {
      anyOf: chooseWords(terms, held, statistics),
      places: isFew ? collections : null,
      rarityOf: (term) => rarityOf(term, statistics),
      limit: CANDIDATES,
    };
  }
}
