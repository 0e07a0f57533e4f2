import { z } from 'zod';
import type { RuleProblem } from '../rule-refused.js';
import { termCodes, TermTrie } from './term-trie.js';

export const BLOCKED_TERMS_FILE = 'rails/blocked_terms.yml';

/** Longest term, in UTF-16 units. */
export const LONGEST_TERM = 100;

const term = z.coerce.string().trim().min(1).max(LONGEST_TERM);
const name = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]*$/)
  .max(64);

/** `rails/blocked_terms.yml`: words and phrases that may not be written. */
export const blockedTermsSchema = z.strictObject({
  lists: z.array(
    z.strictObject({
      name,
      /** A term ending in `*` is the beginning of a word. */
      terms: z.array(term).min(1),
    }),
  ),
  /** Words and phrases that hold a term and are harmless. */
  allow: z.array(term).default([]),
});
export type BlockedTermsFile = z.output<typeof blockedTermsSchema>;

const NO_LETTER = {
  en: 'has no letter and no digit: it would never be found, or everywhere',
  'pt-BR': 'não tem letra nem algarismo: nunca seria achado, ou em toda parte',
};
const TOO_SHORT = {
  en: 'a beginning (…*) needs at least 3 letters: a shorter one is found in too many words',
  'pt-BR': 'um começo (…*) precisa de ao menos 3 letras: um mais curto está em palavras demais',
};
const twice = (place: string) => ({
  en: `is the same as ${place}, once case, accents and signs are taken away`,
  'pt-BR': `é o mesmo que ${place}, tirando maiúsculas, acentos e sinais`,
});

/** The tree of all terms; what cannot be one is told. */
export function termTrie(
  { lists, allow }: BlockedTermsFile,
  problems: RuleProblem[],
): { trie: TermTrie; count: number } {
  const trie = new TermTrie();
  const places = new Map<string, string>();
  let count = 0;
  const add = (written: string, rule: string | undefined, path: (string | number)[]): void => {
    const message = problemOf(written, places);
    if (message) {
      problems.push({ file: BLOCKED_TERMS_FILE, path, message });
      return;
    }
    places.set(keyOf(written), path.join('.'));
    trie.add(written, rule);
    count += rule === undefined ? 0 : 1;
  };
  lists.forEach(({ name: rule, terms }, list) => {
    if (lists.findIndex((other) => other.name === rule) < list) {
      problems.push({
        file: BLOCKED_TERMS_FILE,
        path: ['lists', list, 'name'],
        message: twice(rule),
      });
    }
    terms.forEach((written, place) => add(written, rule, ['lists', list, 'terms', place]));
  });
  allow.forEach((written, place) => add(written, undefined, ['allow', place]));
  return { trie, count };
}

const keyOf = (written: string): string =>
  termCodes(written).join() + (written.endsWith('*') ? '*' : '');

function problemOf(written: string, places: ReadonlyMap<string, string>) {
  const codes = termCodes(written);
  if (codes.length === 0) return NO_LETTER;
  if (written.endsWith('*') && codes.length < 3) return TOO_SHORT;
  const other = places.get(keyOf(written));
  return other === undefined ? undefined : twice(other);
}
