import { z } from 'zod';
import type { Detector } from '../detector.js';
import { SECRET_FORMS } from './known-forms.rules.js';
import { secretsDetector } from './secrets.detector.js';
import { SIGN_SETS } from './token-signs.rules.js';

/** Longest token of a rule behind its prefix, in UTF-16 units. */
const LONGEST_TOKEN = 512;

const tokenRule = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9-]{2,60}$/, 'lower-case letters, digits and dashes'),
    prefixes: z
      .array(z.string().min(2).max(60).regex(/^\S+$/, 'without spaces'))
      .max(20)
      .default([])
      .describe('What the tokens begin with.'),
    words: z
      .array(z.string().trim().min(3).max(30))
      .max(20)
      .default([])
      .describe('Without prefixes: one of these has to stand in front of the token.'),
    signs: z.enum(SIGN_SETS),
    length: z
      .tuple([z.int().min(8).max(LONGEST_TOKEN), z.int().min(8).max(LONGEST_TOKEN)])
      .describe('Fewest and most signs behind the prefix.'),
    entropy: z
      .number()
      .min(0)
      .max(6)
      .default(3)
      .describe('Least entropy behind the prefix, in bits a sign: what is too regular is no key.'),
  })
  .refine(({ prefixes, words }) => prefixes.length > 0 || words.length > 0, {
    message: 'needs prefixes or words: a rule without both would find every long word',
    path: ['prefixes'],
  })
  .refine(({ length: [least, most] }) => least <= most, {
    message: 'the first is the smaller',
    path: ['length'],
  });

/** Of a policy's folder. */
export const SECRETS_FILE = 'rails/secrets.yml';

/** How the file has to look. */
export const secretsSchema = z.strictObject({
  forms: z
    .partialRecord(z.enum(SECRET_FORMS), z.boolean())
    .default({})
    .describe('Forms that need no list; one that is not named is looked for.'),
  tokens: z.array(tokenRule).max(300).default([]),
});
export type SecretsFile = z.infer<typeof secretsSchema>;

const formsOn = (file: SecretsFile): string[] =>
  SECRET_FORMS.filter((form) => file.forms[form] ?? true);

/** The detector of secrets, as a policy's file sets it up. */
export function secretsDetectors(file: SecretsFile): Detector[] {
  if (secretsRuleCount(file) === 0) return [];
  const tokens = file.tokens.map(({ length: [least, most], words, ...rule }) => ({
    ...rule,
    words: words.map((word) => word.toLowerCase()),
    least,
    most,
  }));
  return [secretsDetector({ tokens, forms: new Set(formsOn(file)) })];
}

/** How many rules a file has. */
export const secretsRuleCount = (file: SecretsFile): number =>
  file.tokens.length + formsOn(file).length;

/** What its findings are named by. */
export const secretsRules = (file: SecretsFile): string[] => [
  ...SECRET_FORMS,
  ...file.tokens.map(({ id }) => id),
];
