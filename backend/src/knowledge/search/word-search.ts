import { Injectable } from '@nestjs/common';
import {
  type AskedTerm,
  askedTerms,
  type CandidateQuery,
  type ChunkCandidate,
  type ChunkScope,
  stemsFor,
  type Term,
} from '#db';
import { chooseWords } from './choose-words.rules.js';
import { type RankedChunk, rankChunks, rarityOf, relevantChunks } from './chunk-ranking.rules.js';
import { ChunksRepository } from './chunks.repository.js';
import type { KnowledgeQuery } from './knowledge-search.js';
import { WordCounts } from './word-counts.js';

/** A question's first words say what it is about; a pasted file's last thousand do not. */
const QUESTION_CHARACTERS = 2000;
export const QUESTION_WORDS = 24;

/** Passages that are taken from the engine and ranked here: some 300 kB of words. */
const CANDIDATES = 300;

/**
 * Collections that are looked at by name. Where there are more, an engine is quicker to find words
 * first and ask then who may read them.
 */
const MOST_PLACES = 50;

/** The beginning of a question, as far as it is looked for. */
export const asked = (text: string): string => text.slice(0, QUESTION_CHARACTERS);

/** Finds passages by their words, in the database's own full-text index. */
@Injectable()
export class WordSearch {
  constructor(
    private readonly chunks: ChunksRepository,
    private readonly counts: WordCounts,
  ) {}

  /** The passages in scope that speak of a question, best first. */
  async find(query: KnowledgeQuery): Promise<RankedChunk[]> {
    const terms = wordsOf(query);
    if (terms.length === 0) return [];
    const counts = await this.counts.read();
    const plan = await this.plan(query, terms.map(stemsFor), counts);
    const candidates = await this.chunks.candidates(query, plan);
    return relevantChunks(rankChunks(terms, candidates, counts.statistics));
  }

  /** Those of passages found elsewhere that speak of the question, in the order they came in. */
  async judge(query: KnowledgeQuery, ids: readonly number[]): Promise<number[]> {
    const terms = wordsOf(query);
    if (terms.length === 0 || ids.length === 0) return [];
    const { statistics } = await this.counts.read();
    const candidates: ChunkCandidate[] = await this.chunks.words(ids);
    const ranked = relevantChunks(rankChunks(terms, candidates, statistics));
    const relevant = new Set(ranked.map(({ id }) => id));
    return ids.filter((id) => relevant.has(id));
  }

  /** How the engine is to look, so that it need not look at too much. */
  private async plan(
    scope: ChunkScope,
    terms: readonly Term[],
    { passages, statistics }: Awaited<ReturnType<WordCounts['read']>>,
  ): Promise<CandidateQuery> {
    const collections = await this.chunks.collections(scope, MOST_PLACES + 1);
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

const wordsOf = ({ text, language }: KnowledgeQuery): AskedTerm[] =>
  askedTerms(asked(text), language, QUESTION_WORDS);
