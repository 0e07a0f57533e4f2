import { RAIL_STAGES } from '#db';
import { z } from 'zod';
import { LANGUAGES } from '../../platform/language.rules.js';

export const CHECKS_FILE = 'rails/input_output_checks.yml';

/** Longest pattern, in UTF-16 units. */
export const LONGEST_PATTERN = 500;

const host = z
  .string()
  .trim()
  .toLowerCase()
  .regex(
    /^(\*\.)?[\p{L}\p{N}]([\p{L}\p{N}-]*[\p{L}\p{N}])?(\.[\p{L}\p{N}]([\p{L}\p{N}-]*[\p{L}\p{N}])?)*$/u,
  )
  .max(253);

const text = z.string().trim().min(1).max(500);

const pattern = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]*$/)
    .max(64),
  pattern: z.string().min(1).max(LONGEST_PATTERN),
  /** Whether upper and lower case differ. */
  case: z.enum(['same', 'differs']).default('same'),
  /** What is done at each stage; absent: it is not looked for there. */
  stages: z.strictObject(
    Object.fromEntries(
      RAIL_STAGES.map((stage) => [stage, z.enum(['flag', 'mask', 'replace', 'block']).optional()]),
    ) as Record<
      (typeof RAIL_STAGES)[number],
      z.ZodOptional<z.ZodEnum<{ flag: 'flag'; mask: 'mask'; replace: 'replace'; block: 'block' }>>
    >,
  ),
  /** What stands in its place where it is masked: `CONTRACT` gives `[CONTRACT_1]`. */
  kind: z
    .string()
    .regex(/^[A-Z][A-Z0-9]{1,15}$/)
    .default('DATA'),
  /** What stands in its place where it is replaced. */
  replacement: z
    .strictObject(
      Object.fromEntries(LANGUAGES.map((language) => [language, text])) as Record<
        (typeof LANGUAGES)[number],
        typeof text
      >,
    )
    .optional(),
});

/** `rails/input_output_checks.yml`: links, the system prompt, and patterns of one's own. */
export const checksSchema = z.strictObject({
  links: z
    .strictObject({
      /** Hosts that may be linked and shown whatever the address carries; `*.host` for all below. */
      allow: z.array(host).max(1000).default([]),
    })
    .prefault({}),
  system_prompt: z
    .strictObject({
      /** So many words of the system prompt in a row are a leak. */
      words: z.int().min(6).max(50).default(12),
    })
    .prefault({}),
  patterns: z.array(pattern).max(500).default([]),
});
export type ChecksFile = z.output<typeof checksSchema>;
export type WrittenPattern = ChecksFile['patterns'][number];
