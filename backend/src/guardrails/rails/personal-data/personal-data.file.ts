import { z } from 'zod';
import type { Detector } from '../detector.js';
import { contextWords, foldedWord } from './context.rules.js';
import { CONTEXT_WORDS, PERSONAL_DATA_KINDS, type PersonalDataKind } from './kinds.js';
import { personalDataDetector } from './personal-data.detector.js';

const kindSetting = z.strictObject({
  on: z.boolean().default(true).describe('Whether this kind is looked for.'),
  words: z
    .array(z.string().trim().min(2).max(24))
    .max(50)
    .default([])
    .describe('More words of context, besides the built-in ones: "matrícula do cliente" is two.'),
});

/** Of a policy's folder. */
export const PERSONAL_DATA_FILE = 'rails/personal_data.yml';

/** How the file has to look. */
export const personalDataSchema = z.strictObject({
  kinds: z
    .partialRecord(z.enum(PERSONAL_DATA_KINDS), kindSetting)
    .default({})
    .describe('Settings of a kind; one that is not named is looked for.'),
  other_numbers: z
    .array(z.string().trim().min(2).max(24))
    .max(100)
    .default([])
    .describe('Words that say that the number behind them is none of these, besides the built-in.'),
  except: z
    .array(z.string().trim().min(3).max(200))
    .max(500)
    .default([])
    .describe("Values that are nobody's secret: the company's own CNPJ, `@company.com`."),
});
export type PersonalDataFile = z.infer<typeof personalDataSchema>;

/** The detector of personal data, as a policy's file sets it up. */
export function personalDataDetectors(file: PersonalDataFile): Detector[] {
  const on = PERSONAL_DATA_KINDS.filter((kind) => file.kinds[kind]?.on ?? true);
  if (on.length === 0) return [];
  const words: Record<string, readonly string[]> = { ...CONTEXT_WORDS };
  for (const [kind, setting] of Object.entries(file.kinds)) {
    words[kind] = [...CONTEXT_WORDS[kind as PersonalDataKind], ...setting.words];
  }
  words['other'] = [...CONTEXT_WORDS.other, ...file.other_numbers];
  const detector = personalDataDetector(
    new Set(on),
    contextWords(words),
    exception(file.except.map(bare)),
  );
  return [detector];
}

/** How many kinds a file looks for. */
export const personalDataRuleCount = (file: PersonalDataFile): number =>
  PERSONAL_DATA_KINDS.filter((kind) => file.kinds[kind]?.on ?? true).length;

const bare = (value: string): string => foldedWord(value).replace(/[^a-z0-9@.]/g, '');

function exception(values: readonly string[]): (found: string) => boolean {
  const domains = values.filter((value) => value.startsWith('@'));
  const whole = new Set(values.flatMap((value) => [value, value.replaceAll('.', '')]));
  return (found) => {
    if (values.length === 0) return false;
    const value = bare(found);
    return (
      whole.has(value) ||
      whole.has(value.replaceAll('.', '')) ||
      domains.some((domain) => value.endsWith(domain))
    );
  };
}
