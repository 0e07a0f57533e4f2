import {
  FIELDS,
  type Field,
  type IndexedPassage,
  type PassageIndex,
  rarityOf,
} from './passage-index.rules.js';
import type { DocumentationPassage } from './passages.rules.js';
import { likelySpellings } from './spelling.rules.js';
import { stemsOf } from './vocabulary.rules.js';

/**
 * BM25F (Robertson and Zaragoza, 2009): a word counts by how rare it is, saturating with its
 * number, and more in a heading than in the text.
 */
const SATURATION = 1.2;
const BOOST: Readonly<Record<Field, number>> = { heading: 3, asked: 2, documentTitle: 1, text: 1 };
const LENGTH_SHARE: Readonly<Record<Field, number>> = {
  heading: 0.3,
  asked: 0.3,
  documentTitle: 0,
  text: 0.6,
};

/** How much a word counts that is not the asker's own but a synonym, or its likely spelling. */
const SYNONYM_WEIGHT = 0.7;
const SPELLING_WEIGHT = 0.7;

/** How much of a word counts as spoken of that stands in the text only, in no heading. */
const MENTION = 0.6;

/** A question's first words say what it is about; a pasted file's last thousand do not. */
const QUESTION_CHARACTERS = 2000;
const QUESTION_WORDS = 24;

/**
 * Off-topic rule: what share of the question, by the rarity of its words, the best passage must
 * speak of. Found on some 300 questions like those in `backend/test/quotes`.
 */
export const MINIMUM_COVERAGE = 0.46;

/** A passage that scores below this share of the best one is not worth showing beside it. */
export const MINIMUM_SHARE_OF_BEST = 0.4;

export interface RankedPassage {
  readonly passage: DocumentationPassage;
  readonly score: number;
  /** 0…1: share of the question's words, weighted by rarity, that the passage speaks of. */
  readonly coverage: number;
}

/** One word of the question. */
interface Term {
  /** Stems that may stand for it, and how well each does (0…1). */
  readonly candidates: ReadonlyMap<string, number>;
  /** How rare passages are that hold any of the candidates: the word's part in the score. */
  readonly rarity: number;
  /** How rare the word itself is: its part in what the question is about. */
  readonly ownRarity: number;
}

/** How rare passages are that hold any of the stems. */
function rarityTogether(stems: readonly string[], index: PassageIndex): number {
  const holders = new Set(stems.flatMap((stem) => [...(index.postings.get(stem) ?? [])]));
  return rarityOf(holders.size, index.passages.length);
}

function termOf(stem: string, index: PassageIndex): Term {
  const known = index.postings.has(stem);
  const synonyms = [...(index.synonyms.get(stem) ?? [])].filter((each) => index.postings.has(each));
  const spellings =
    known || synonyms.length > 0 ? [] : likelySpellings(stem, index.postings.keys());
  const others = [...synonyms, ...spellings];
  const weight = synonyms.length > 0 ? SYNONYM_WEIGHT : SPELLING_WEIGHT;
  const candidates = new Map(others.map((each): [string, number] => [each, weight]));
  if (known) candidates.set(stem, 1);
  const rarity = rarityTogether([...candidates.keys()], index);
  return { candidates, rarity, ownRarity: index.rarities.get(stem) ?? rarity };
}

function frequency(stem: string, passage: IndexedPassage, index: PassageIndex): number {
  return FIELDS.reduce((sum, field) => {
    const count = passage.counts[field].get(stem) ?? 0;
    const share = LENGTH_SHARE[field];
    const length = 1 - share + share * (passage.lengths[field] / (index.averages[field] || 1));
    return sum + (BOOST[field] * count) / length;
  }, 0);
}

/** 0…1: how nearly a wording asks what is asked (the F-measure of their words, by rarity). */
function likeness(wording: readonly string[], terms: readonly Term[], index: PassageIndex): number {
  const met = terms.filter(({ candidates }) => wording.some((stem) => candidates.has(stem)));
  if (met.length === 0) return 0;
  const sum = (all: readonly Term[]): number =>
    all.reduce((total, { ownRarity }) => total + ownRarity, 0);
  const recall = sum(met) / sum(terms);
  const said = (stems: readonly string[]): number =>
    stems.reduce((total, stem) => total + (index.rarities.get(stem) ?? 0), 0);
  const common = wording.filter((stem) => terms.some(({ candidates }) => candidates.has(stem)));
  const precision = said(common) / said(wording);
  return (2 * precision * recall) / (precision + recall);
}

/** 0…1: how much of the heading the question speaks of. */
function headingShare({ counts }: IndexedPassage, terms: readonly Term[]): number {
  const stems = [...counts.heading.keys()];
  const met = stems.filter((stem) => terms.some(({ candidates }) => candidates.has(stem)));
  return met.length / Math.max(1, stems.length);
}

/** Whether the passage is about the word (1), mentions it (less) or does not know it (0). */
function aboutness(stem: string, passage: IndexedPassage): number {
  const { heading, asked, documentTitle } = passage.counts;
  if (heading.has(stem) || asked.has(stem) || documentTitle.has(stem)) return 1;
  return passage.counts.text.has(stem) ? MENTION : 0;
}

function ranked(
  passage: IndexedPassage,
  terms: readonly Term[],
  index: PassageIndex,
): RankedPassage {
  let score = 0;
  let met = 0;
  let whole = 0;
  for (const { candidates, rarity, ownRarity } of terms) {
    let best = 0;
    let about = 0;
    for (const [stem, weight] of candidates) {
      const count = frequency(stem, passage, index);
      best = Math.max(best, (weight * count) / (SATURATION + count));
      about = Math.max(about, aboutness(stem, passage));
    }
    score += rarity * best;
    met += ownRarity * about;
    whole += ownRarity;
  }
  const alike = Math.max(0, ...passage.wordings.map((wording) => likeness(wording, terms, index)));
  return {
    passage: passage.passage,
    score: score * (1 + alike + headingShare(passage, terms)),
    coverage: whole > 0 ? met / whole : 0,
  };
}

/** Passages that share a word with the question, best first. */
export function rank(question: string, index: PassageIndex): RankedPassage[] {
  const stems = stemsOf(question.slice(0, QUESTION_CHARACTERS), index.vocabulary);
  const terms = [...new Set(stems)].slice(0, QUESTION_WORDS).map((stem) => termOf(stem, index));
  const asked = new Set(terms.flatMap((term) => [...term.candidates.keys()]));
  const candidates = new Set([...asked].flatMap((stem) => [...(index.postings.get(stem) ?? [])]));
  return [...candidates]
    .flatMap((position) => index.passages[position] ?? [])
    .map((passage) => ranked(passage, terms, index))
    .sort((a, b) => b.score - a.score);
}

function isRepeat({ passage }: RankedPassage, earlier: readonly RankedPassage[]): boolean {
  return earlier.some(
    (each) => each.passage.document === passage.document && each.passage.anchor === passage.anchor,
  );
}

/**
 * What of the ranking answers the question: nothing when even the best passage speaks of too
 * little of it, else the best and those that come near it, one of each section.
 */
export function relevant(ranking: readonly RankedPassage[], limit: number): RankedPassage[] {
  const best = ranking[0];
  if (!best || best.coverage < MINIMUM_COVERAGE) return [];
  return ranking
    .filter(({ score }) => score >= best.score * MINIMUM_SHARE_OF_BEST)
    .filter((each, place, near) => !isRepeat(each, near.slice(0, place)))
    .slice(0, limit);
}
