import { z } from 'zod';
import { OTHER_SIGNALS, PromptAttacks } from './prompt-attacks.js';

/** Phrases parted by commas. */
const phrases = z
  .string()
  .transform((list) => list.split(',').map((one) => one.trim().replace(/\s+/g, ' ')))
  .pipe(z.array(z.string().min(2).max(80)).min(1).max(500));

/** The name of a list. */
const listName = /^[a-z0-9_]{1,60}$/;

const signal = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9-]{2,60}$/, 'lower-case letters, digits and dashes'),
    weight: z.int().min(-20).max(100).describe('Points; less than none speaks for harmless.'),
    sequence: z
      .array(z.string().trim().min(1).max(20_000))
      .min(1)
      .max(5)
      .describe('Names of lists of `words`, or phrases parted by commas, in this order.'),
    within: z.int().min(0).max(60).default(4).describe('Most words between two of them.'),
    any_order: z.boolean().default(false).describe('Of two: in either order.'),
  })
  .refine(({ any_order: anyOrder, sequence }) => !anyOrder || sequence.length === 2, {
    message: 'only a sequence of two can come in any order',
    path: ['any_order'],
  });

const marks = z.array(z.string().trim().min(3).max(60)).max(100).default([]);

/** Points; a file from before a rule was there goes on without it. */
const points = z.int().min(0).max(100).default(0);

/** Of a policy's folder. */
export const ATTACKS_FILE = 'rails/prompt_attacks.yml';

/** How the file has to look. */
export const attacksSchema = z
  .strictObject({
    threshold: z.int().min(1).max(1000).describe('Points from which on a text is an attack.'),
    words: z.record(z.string().regex(listName), phrases),
    signals: z.array(signal).max(500),
    markup: marks,
    weak_markup: marks,
    others: z
      .strictObject(
        Object.fromEntries(OTHER_SIGNALS.map((id) => [id, points])) as Record<
          (typeof OTHER_SIGNALS)[number],
          typeof points
        >,
      )
      .describe('Points of what is not told by phrases.'),
  })
  .superRefine(({ signals, words }, context) => {
    signals.forEach(({ sequence }, at) => {
      sequence.forEach((list, step) => {
        if (!listName.test(list) || list in words) return;
        const path = ['signals', at, 'sequence', step];
        context.addIssue({ code: 'custom', path, message: `there is no list "${list}"` });
      });
    });
  });
export type AttacksFile = z.infer<typeof attacksSchema>;

/** The judge of prompt attacks, as a policy's file sets it up. */
export function promptAttacks(file: AttacksFile): PromptAttacks {
  const { threshold, words, others } = file;
  const signals = file.signals.map(({ any_order: anyOrder, sequence, ...rule }) => ({
    ...rule,
    anyOrder,
    sequence: sequence.map((list) => words[list] ?? phrases.parse(list)),
  }));
  const markup = file.markup.map((mark) => mark.toLowerCase());
  const weakMarkup = file.weak_markup.map((mark) => mark.toLowerCase());
  return new PromptAttacks({ threshold, signals, markup, weakMarkup, others });
}

/** How many rules a file has. */
export const attackRuleCount = (file: AttacksFile): number =>
  file.signals.length + Number(file.markup.length > 0) + OTHER_SIGNALS.length - 1;

/** What its findings are named by: the strongest signal. */
export const attackRules = (file: AttacksFile): string[] => [
  ...file.signals.map(({ id }) => id),
  ...OTHER_SIGNALS,
];
