import type { Language } from '../../platform/language.rules.js';
import type { DocumentationPassage } from './passages.rules.js';
import { stemsOf, VOCABULARIES, type Vocabulary } from './vocabulary.rules.js';

/** Where in a passage a word stands. */
export const FIELDS = ['heading', 'asked', 'documentTitle', 'text'] as const;
export type Field = (typeof FIELDS)[number];

/** A passage with its words counted. */
export interface IndexedPassage {
  readonly passage: DocumentationPassage;
  readonly counts: Readonly<Record<Field, ReadonlyMap<string, number>>>;
  readonly lengths: Readonly<Record<Field, number>>;
  /** The heading and each other wording of it, by their words. */
  readonly wordings: readonly (readonly string[])[];
}

/** Passages of one language, ready to be ranked. */
export interface PassageIndex {
  readonly vocabulary: Vocabulary;
  readonly passages: readonly IndexedPassage[];
  readonly averages: Readonly<Record<Field, number>>;
  /** Passages that hold a stem, by position. */
  readonly postings: ReadonlyMap<string, ReadonlySet<number>>;
  /** How rare each stem is. */
  readonly rarities: ReadonlyMap<string, number>;
  readonly synonyms: ReadonlyMap<string, ReadonlySet<string>>;
}

function countsOf(stems: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const stem of stems) counts.set(stem, (counts.get(stem) ?? 0) + 1);
  return counts;
}

function wordingsOf(passage: DocumentationPassage, vocabulary: Vocabulary): string[][] {
  return [passage.heading, ...passage.asked.split(',')]
    .map((wording) => [...new Set(stemsOf(wording, vocabulary))])
    .filter((stems) => stems.length > 0);
}

function indexed(passage: DocumentationPassage, vocabulary: Vocabulary): IndexedPassage {
  const stems: Record<Field, string[]> = {
    // An introduction stands under the document's title, which counts only once.
    heading: passage.heading === passage.documentTitle ? [] : stemsOf(passage.heading, vocabulary),
    // How often a word is repeated there says nothing.
    asked: [...new Set(stemsOf(passage.asked, vocabulary))],
    documentTitle: stemsOf(passage.documentTitle, vocabulary),
    text: stemsOf(passage.text, vocabulary),
  };
  return {
    passage,
    counts: {
      heading: countsOf(stems.heading),
      asked: countsOf(stems.asked),
      documentTitle: countsOf(stems.documentTitle),
      text: countsOf(stems.text),
    },
    lengths: {
      heading: stems.heading.length,
      asked: stems.asked.length,
      documentTitle: stems.documentTitle.length,
      text: stems.text.length,
    },
    wordings: wordingsOf(passage, vocabulary),
  };
}

function synonymsOf(vocabulary: Vocabulary): Map<string, Set<string>> {
  const synonyms = new Map<string, Set<string>>();
  for (const group of vocabulary.synonyms.groups) {
    const stems = new Set(group.map(vocabulary.stem));
    for (const stem of stems) {
      const known = synonyms.get(stem) ?? new Set();
      for (const other of stems) if (other !== stem) known.add(other);
      synonyms.set(stem, known);
    }
  }
  return synonyms;
}

/** Inverse document frequency of what so many of all passages hold (BM25's, never negative). */
export function rarityOf(holders: number, passages: number): number {
  return Math.log(1 + (passages - holders + 0.5) / (holders + 0.5));
}

/** Indexes the passages of one language. */
export function indexPassages(
  passages: readonly DocumentationPassage[],
  language: Language,
): PassageIndex {
  const vocabulary = VOCABULARIES[language];
  const all = passages.map((passage) => indexed(passage, vocabulary));
  const postings = new Map<string, Set<number>>();
  all.forEach(({ counts }, position) => {
    for (const field of FIELDS) {
      for (const stem of counts[field].keys()) {
        const holders = postings.get(stem) ?? new Set();
        postings.set(stem, holders.add(position));
      }
    }
  });
  const average = (field: Field) =>
    all.reduce((sum, { lengths }) => sum + lengths[field], 0) / Math.max(1, all.length);
  return {
    vocabulary,
    passages: all,
    averages: {
      heading: average('heading'),
      asked: average('asked'),
      documentTitle: average('documentTitle'),
      text: average('text'),
    },
    postings,
    rarities: new Map([...postings].map(([stem, { size }]) => [stem, rarityOf(size, all.length)])),
    synonyms: synonymsOf(vocabulary),
  };
}
