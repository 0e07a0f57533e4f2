import { Injectable } from '@nestjs/common';
import { termsOf } from '#db';
import { rankChunks, relevantChunks } from './chunk-ranking.rules.js';
import { ChunksRepository } from './chunks.repository.js';
import { type FoundChunk, type KnowledgeQuery, KnowledgeSearch } from './knowledge-search.js';
import { WordCounts } from './word-counts.js';

/** A question's first words say what it is about; a pasted file's last thousand do not. */
const QUESTION_CHARACTERS = 2000;
const QUESTION_WORDS = 24;

/** Passages that are taken from the engine and ranked here: some 300 kB of words, 2 ms. */
const CANDIDATES = 300;

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
    const statistics = await this.counts.statistics();
    const candidates = await this.chunks.candidates(query, terms, CANDIDATES);
    const ranked = relevantChunks(rankChunks(terms, candidates, statistics)).slice(0, query.limit);
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
}
