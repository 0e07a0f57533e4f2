import {
  type AskedTerm,
  CHUNK_FIELDS,
  type ChunkCandidate,
  type ChunkField,
  type ChunkWords,
  stemsFor,
  type Term,
} from '#db';

/**
 * BM25F (Robertson and Zaragoza, 2009): a word counts by how rare it is, saturating with its
 * number, and more in a heading or a title than in the text. The same on every engine.
 */
const SATURATION = 1.2;
const BOOST: Readonly<Record<ChunkField, number>> = { title: 1.5, heading: 2, words: 1 };
const LENGTH_SHARE: Readonly<Record<ChunkField, number>> = { title: 0.3, heading: 0.3, words: 0.6 };

/**
 * What share of the question, by the rarity of its words, the best passage must speak of. Below
 * it nothing speaks of what was asked.
 */
export const MINIMUM_COVERAGE = 0.1;

/** A passage that scores below this share of the best one is not worth showing beside it. */
const MINIMUM_SHARE_OF_BEST = 0.3;

/** What a word counts that means the same as the one that was asked. */
const ALIKE_WEIGHT = 0.7;

/** How words are spread over all passages, counted in some of them. */
export interface WordStatistics {
  /** Passages that were counted. */
  readonly counted: number;
  /** In how many of them a stem stands; absent: in none. */
  readonly holders: ReadonlyMap<string, number>;
  /** Stems in a field of a passage, on average. */
  readonly averages: Readonly<Record<ChunkField, number>>;
}

export interface RankedChunk {
  readonly id: number;
  readonly score: number;
  /** 0…1: share of the question's words, weighted by rarity, that stand in the passage. */
  readonly coverage: number;
}

const stemsOf = (words: string): string[] => (words === '' ? [] : words.split(' '));

/** Counts words in passages. */
export function countWords(passages: readonly ChunkWords[]): WordStatistics {
  const holders = new Map<string, number>();
  const lengths: Record<ChunkField, number> = { title: 0, heading: 0, words: 0 };
  for (const passage of passages) {
    const all = new Set<string>();
    for (const field of CHUNK_FIELDS) {
      const stems = stemsOf(passage[field]);
      lengths[field] += stems.length;
      for (const stem of stems) all.add(stem);
    }
    for (const stem of all) holders.set(stem, (holders.get(stem) ?? 0) + 1);
  }
  const average = (field: ChunkField) => lengths[field] / Math.max(1, passages.length);
  const averages = {
    title: average('title'),
    heading: average('heading'),
    words: average('words'),
  };
  return { counted: passages.length, holders, averages };
}

/** How many of the counted passages hold a word, by that of its stems that most hold. */
export const holdersOf = (term: Term, { holders }: WordStatistics): number =>
  Math.max(0, ...term.map((stem) => holders.get(stem) ?? 0));

/** Inverse document frequency (BM25's, never negative). */
export function rarityOf(term: Term, statistics: WordStatistics): number {
  const holders = holdersOf(term, statistics);
  return Math.log(1 + (statistics.counted - holders + 0.5) / (holders + 0.5));
}

interface Weighed {
  /** What a stem counts that may stand for the word. */
  readonly stems: ReadonlyMap<string, number>;
  readonly rarity: number;
}

/** How often each of the words stands in the passage, by where, and by how long it is there. */
function frequencies(
  words: ChunkWords,
  terms: readonly Weighed[],
  averages: WordStatistics['averages'],
): number[] {
  const sums = terms.map(() => 0);
  for (const field of CHUNK_FIELDS) {
    const stems = stemsOf(words[field]);
    const share = LENGTH_SHARE[field];
    const weight = BOOST[field] / (1 - share + (share * stems.length) / (averages[field] || 1));
    for (const stem of stems) {
      terms.forEach((term, place) => {
        sums[place] = (sums[place] ?? 0) + weight * (term.stems.get(stem) ?? 0);
      });
    }
  }
  return sums;
}

/** Ranks passages by the words of a question, best first. */
export function rankChunks(
  terms: readonly AskedTerm[],
  candidates: readonly ChunkCandidate[],
  statistics: WordStatistics,
): RankedChunk[] {
  const weighed = terms.map((term) => ({
    stems: new Map([
      ...term.alike.map((stem): [string, number] => [stem, ALIKE_WEIGHT]),
      ...term.own.map((stem): [string, number] => [stem, 1]),
    ]),
    rarity: rarityOf(stemsFor(term), statistics),
  }));
  const whole = weighed.reduce((sum, { rarity }) => sum + rarity, 0);
  return candidates
    .map(({ id, words }) => {
      let score = 0;
      let met = 0;
      frequencies(words, weighed, statistics.averages).forEach((frequency, place) => {
        const rarity = weighed[place]?.rarity ?? 0;
        score += (rarity * frequency) / (SATURATION + frequency);
        if (frequency > 0) met += rarity;
      });
      return { id, score, coverage: whole > 0 ? met / whole : 0 };
    })
    .sort((a, b) => b.score - a.score || a.id - b.id);
}

/** What of a ranking answers the question: the best and what comes near it, or nothing. */
export function relevantChunks(ranking: readonly RankedChunk[]): RankedChunk[] {
  const best = ranking[0];
  if (!best || !ranking.some(({ coverage }) => coverage >= MINIMUM_COVERAGE)) return [];
  return ranking.filter(({ score }) => score >= best.score * MINIMUM_SHARE_OF_BEST);
}
