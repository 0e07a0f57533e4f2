import { wordsOf } from '#db';
import {
  ENGLISH_STOP_WORDS,
  PORTUGUESE_STOP_WORDS,
} from '../../knowledge/documentation/stop-words.js';
import { isAmong } from './turn.js';

/** Words of a question that are looked for; each is a query of its own. */
const MOST_TERMS = 8;
/** Of a question, in UTF-16 units: what is pasted behind it says less of what is meant. */
const MOST_OF_PROMPT = 4000;
const SHORTEST_TERM = 3;
/**
 * Posts that a word may stand in to be looked for at all; one that stands in more says too little of
 * what a question is about.
 */
export const MOST_HITS = 100;
/** Turns that are looked at for their relevance. */
const MOST_CANDIDATES = 200;
/** Of all that the words of a question weigh, a turn must hold this part, or it is no answer to it. */
const LEAST_SHARE = 1 / 3;

/** A word of the question, by its place among them, in a post. */
export interface Hit {
  readonly term: number;
  readonly postId: number;
}

/**
 * The words of a question by which older turns are looked for: without stop words, the longest of
 * them, for the longer a word the rarer it is (Zipf, The Psycho-Biology of Language, 1935).
 */
export function relevanceTerms(prompt: string): string[] {
  const words = new Set(wordsOf(prompt.slice(0, MOST_OF_PROMPT)));
  return [...words]
    .filter((word) => word.length >= SHORTEST_TERM && !isStopWord(word))
    .sort((a, b) => b.length - a.length || (a < b ? -1 : 1))
    .slice(0, MOST_TERMS);
}

/**
 * Older turns by how much of what is rare in the question they hold, best first; the newer of two
 * equal ones first. The index holds each word of a turn once, so that of BM25 (Robertson and
 * Zaragoza, The Probabilistic Relevance Framework, 2009) its weight of a word remains:
 * ln(1 + (N − n + 0.5) / (n + 0.5)) for a word that stands in n of N turns.
 * @param hits of words that stand in fewer than {@link MOST_HITS} posts are counted.
 * @param older the turns that may be chosen, newest first.
 */
export function byRelevance(hits: readonly Hit[], older: readonly number[]): number[] {
  const found = new Map<number, Set<number>>();
  for (const { term, postId } of hits) {
    const posts = found.get(term) ?? new Set();
    found.set(term, posts.add(postId));
  }
  const scores = new Map<number, number>();
  let whole = 0;
  for (const posts of found.values()) {
    if (posts.size >= MOST_HITS) continue;
    const turns = [...posts].filter((id) => isAmong(older, id));
    if (turns.length === 0) continue;
    const weight = Math.log(1 + (older.length - turns.length + 0.5) / (turns.length + 0.5));
    whole += weight;
    for (const id of turns) scores.set(id, (scores.get(id) ?? 0) + weight);
  }
  return [...scores]
    .filter(([, score]) => score >= whole * LEAST_SHARE)
    .sort(([one, a], [other, b]) => b - a || other - one)
    .slice(0, MOST_CANDIDATES)
    .map(([id]) => id);
}

const isStopWord = (word: string): boolean =>
  PORTUGUESE_STOP_WORDS.has(word) || ENGLISH_STOP_WORDS.has(word);
