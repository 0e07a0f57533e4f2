import { z } from 'zod';
import type { RuleProblem } from '../rule-refused.js';
import type { Steps } from '../steps.js';
import { termCodes, TermTrie } from './term-trie.js';

export const BLOCKED_TERMS_FILE = 'rails/blocked_terms.yml';

/** Longest term, in UTF-16 units. */
export const LONGEST_TERM = 100;

/** All lists and `allow` together: reading so many takes a fifth of a second of CPU, in slices. */
const MOST_TERMS = 5000;
/** Read before others may have their turn: about a millisecond. */
const TERMS_A_STEP = 100;

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
const TOO_MANY = {
  en: 'is one term too many: a policy has 5,000 at most; take some out, or write beginnings (term*)',
  'pt-BR':
    'passa do limite: uma política tem no máximo 5.000 termos; tire alguns ou use começos (termo*)',
};
const twice = (place: string) => ({
  en: `is the same as ${place}, once case, accents and signs are taken away`,
  'pt-BR': `é o mesmo que ${place}, tirando maiúsculas, acentos e sinais`,
});

/** The tree of all terms; what cannot be one is told. */
export function* termTrie(
  { lists, allow }: BlockedTermsFile,
  problems: RuleProblem[],
): Steps<{ trie: TermTrie; count: number }> {
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
  let read = 0;
  for (const { written, rule, path } of termsOf(lists, allow)) {
    read += 1;
    if (read > MOST_TERMS) {
      problems.push({ file: BLOCKED_TERMS_FILE, path, message: TOO_MANY });
      break;
    }
    add(written, rule, path);
    if (read % TERMS_A_STEP === 0) yield;
  }
  lists.forEach(({ name: rule }, list) => {
    if (lists.findIndex((other) => other.name === rule) === list) return;
    const path = ['lists', list, 'name'];
    problems.push({ file: BLOCKED_TERMS_FILE, path, message: twice(rule) });
  });
  return { trie, count };
}

/** Every term with its list and its place, in the order of the file. */
const termsOf = (lists: BlockedTermsFile['lists'], allow: BlockedTermsFile['allow']) => [
  ...lists.flatMap(({ name: rule, terms }, list) =>
    terms.map((written, place) => ({ written, rule, path: ['lists', list, 'terms', place] })),
  ),
  ...allow.map((written, place) => ({ written, rule: undefined, path: ['allow', place] })),
];

const keyOf = (written: string): string =>
  termCodes(written).join() + (written.endsWith('*') ? '*' : '');

function problemOf(written: string, places: ReadonlyMap<string, string>) {
  const codes = termCodes(written);
  if (codes.length === 0) return NO_LETTER;
  if (written.endsWith('*') && codes.length < 3) return TOO_SHORT;
  const other = places.get(keyOf(written));
  return other === undefined ? undefined : twice(other);
}
