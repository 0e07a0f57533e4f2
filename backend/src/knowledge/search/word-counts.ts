import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { ChunkWords } from '#db';
import { countWords, type WordStatistics } from './chunk-ranking.rules.js';
import { ChunksRepository } from './chunks.repository.js';

/**
 * Passages that are counted: a word that stands in one of a hundred is then seen some twenty times.
 * Rarer ones are rare enough; how rare says little more about what a question asks.
 */
const SAMPLE = 2000;

/** Ids in one statement; between two of them others have their turn. */
const BATCH = 100;

/** How long a count is believed, while ids do not grow by a fifth. */
const BELIEVED_MS = 600_000;
const GROWTH = 1.2;

/** First and last id of all passages. */
interface Range {
  readonly first: number;
  readonly last: number;
}

interface Counted {
  readonly statistics: WordStatistics;
  readonly at: number;
  readonly last: number;
}

/** How rare words are, counted in a sample of all passages: the same on every engine. */
@Injectable()
export class WordCounts {
  private counted: Counted | undefined;
  private counting: Promise<Counted> | undefined;

  constructor(private readonly chunks: ChunksRepository) {}

  /** How many passages there are at most, and what was counted at most ten minutes ago. */
  async read(): Promise<{ passages: number; statistics: WordStatistics }> {
    const range = await this.chunks.range();
    const passages = range ? range.last - range.first + 1 : 0;
    return { passages, statistics: await this.statistics(range) };
  }

  private async statistics(range: Range | undefined): Promise<WordStatistics> {
    const last = range?.last ?? 0;
    const { counted } = this;
    if (counted && last <= counted.last * GROWTH && last >= counted.last / GROWTH) {
      // Older counts still serve while new ones are made.
      if (Date.now() - counted.at > BELIEVED_MS) this.recount(range).catch(() => undefined);
      return counted.statistics;
    }
    return (await this.recount(range)).statistics;
  }

  private recount(range: Range | undefined): Promise<Counted> {
    this.counting ??= this.count(range)
      .then((counted) => (this.counted = counted))
      .finally(() => (this.counting = undefined));
    return this.counting;
  }

  private async count(range: Range | undefined): Promise<Counted> {
    const words: ChunkWords[] = [];
    const ids = range ? sampled(range.first, range.last) : [];
    for (let at = 0; at < ids.length; at += BATCH) {
      const passages = await this.chunks.words(ids.slice(at, at + BATCH));
      for (const passage of passages) words.push(passage.words);
    }
    return { statistics: countWords(words), at: Date.now(), last: range?.last ?? 0 };
  }
}

/** Ids from first to last, all of them where they are few, else some at random. */
function sampled(first: number, last: number): number[] {
  if (last - first < SAMPLE) return Array.from({ length: last - first + 1 }, (_, n) => first + n);
  const ids = new Set<number>();
  while (ids.size < SAMPLE) ids.add(randomInt(first, last + 1));
  return [...ids].sort((a, b) => a - b);
}
