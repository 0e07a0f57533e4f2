import { type Language, LANGUAGES } from '../../platform/language.rules.js';
import { indexPassages, type PassageIndex } from './passage-index.rules.js';
import type { DocumentationPassage } from './passages.rules.js';
import { rank, relevant } from './ranking.rules.js';
import { languageOf, VOCABULARIES, withoutStopWords } from './vocabulary.rules.js';

export interface DocumentationQuery {
  /** The asker's language (BCP 47); decides where the question itself does not. */
  readonly locale: string;
  /** Most passages to return. */
  readonly limit: number;
}

/** Prosa's documentation in memory, searched by the words of a question. */
export class DocumentationIndex {
  /** Made when a language is first asked in: it takes a twentieth of a second, of each start else. */
  private readonly indexes = new Map<Language, PassageIndex>();

  private readonly passages: readonly DocumentationPassage[];

  // In full: `npm run quotes:eval` runs these sources, where Node only leaves the types out.
  constructor(passages: readonly DocumentationPassage[]) {
    this.passages = passages;
  }

  /**
   * The passages that answer a question, best first; in the question's language, or, where that
   * has none, in another. Nothing when the question is not about Prosa.
   */
  search(question: string, { locale, limit }: DocumentationQuery): DocumentationPassage[] {
    const asked = languageOf(question, locale);
    const subject = withoutStopWords(question, VOCABULARIES[asked]);
    for (const language of [asked, ...LANGUAGES.filter((each) => each !== asked)]) {
      const words = language === asked ? question : subject;
      const found = relevant(rank(words, this.indexIn(language)), limit);
      if (found.length > 0) return found.map(({ passage }) => passage);
    }
    return [];
  }

  private indexIn(language: Language): PassageIndex {
    let index = this.indexes.get(language);
    if (!index) {
      const spoken = this.passages.filter((passage) => passage.language === language);
      index = indexPassages(spoken, language);
      this.indexes.set(language, index);
    }
    return index;
  }
}
