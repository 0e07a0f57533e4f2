import type { Finding } from './local-rails.js';

/** So much of a finding has to be there, of what there would be of it, that it is not shown. */
export type Telling = (finding: Finding) => number;

/**
 * What a text that was cut off is within: what would be found in it, were it to go on in one of some
 * ways, and of which a telling part is there. An unfinished word is nothing by itself.
 * @returns findings that end where the text does.
 */
export function cutOffFindings(
  text: string,
  continuations: Iterable<string>,
  find: (text: string) => readonly Finding[],
  telling: Telling,
): readonly Finding[] {
  const { length } = text;
  const found = new Map<string, Finding>();
  for (const more of continuations) {
    for (const finding of find(text + more)) {
      const { rule, start, end } = finding;
      if (start >= length || end <= length) continue;
      if (length - start < (end - start) * telling(finding)) continue;
      const known = found.get(rule);
      if (!known || start < known.start) found.set(rule, { ...finding, end: length });
    }
  }
  return [...found.values()];
}
