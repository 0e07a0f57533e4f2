import { fold } from '#db';
import type { Passage } from '../chat-model.js';

const YEAR = /\b(?:19|20)\d\d\b/g;

const yearsIn = (text: string): ReadonlySet<string> => new Set(text.match(YEAR));

/** A title without its years, in which editions of one document are alike. */
const workOf = ({ title }: Passage): string => fold(title).replace(YEAR, '');

/**
 * The passages without those of other editions of a document than the one that is asked: of the
 * year that the question names, else of the last year. An edition is told by the years in its title.
 */
export function editionsAsked(question: string, passages: readonly Passage[]): readonly Passage[] {
  const asked = yearsIn(question);
  return passages.filter((passage) => {
    const own = yearsIn(passage.title);
    if (own.size === 0) return true;
    const editions = passages.filter((other) => workOf(other) === workOf(passage));
    const isAsked = ({ title }: Passage) => [...yearsIn(title)].some((year) => asked.has(year));
    if (editions.some(isAsked)) return isAsked(passage);
    const years = editions.flatMap(({ title }) => [...yearsIn(title)]);
    const last = years.reduce((a, b) => (b > a ? b : a), '');
    return asked.size > 0 || own.has(last);
  });
}
