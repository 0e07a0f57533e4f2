import { z } from 'zod';
import { dayNumber } from '../platform/civil-days.rules.js';
import { isStorable } from '../platform/storable-text.rules.js';
import { LARGEST_ID } from '../platform/validation.js';
import { type Dimension, DIMENSIONS } from './usage-question.js';

/** Years in which every database can tell times. */
const YEAR = /^(19[7-9]\d|[2-8]\d{3})-/;

const dateField = z
  .string()
  .refine((text) => YEAR.test(text) && dayNumber(text) !== undefined)
  .meta({ format: 'date' });

const nameField = (longest: number) => z.string().min(1).max(longest).refine(isStorable).optional();

/** What usage can be asked by: one or two of the dimensions, each once. */
export function dimensionsOf(by: string): Dimension[] | undefined {
  const names = by.split(',');
  const known = names.map((name) => DIMENSIONS.find((dimension) => dimension === name));
  const wanted = known.flatMap((dimension) => dimension ?? []);
  const isAnswerable = wanted.length === names.length && new Set(names).size === names.length;
  return isAnswerable && names.length <= 2 ? wanted : undefined;
}

export const usageQuerySchema = z.strictObject({
  from: dateField.describe('The first day, in `TIME_ZONE`.'),
  to: dateField.describe('The last day, itself included; at most 366 days from the first.'),
  by: z
    .string()
    .refine((by) => dimensionsOf(by) !== undefined)
    .default('day')
    .describe(`One or two of ${DIMENSIONS.join(', ')}, with a comma between.`),
  userId: z.coerce.number().int().min(1).max(LARGEST_ID).optional(),
  model: nameField(255),
  provider: nameField(32),
  purpose: nameField(16),
  door: nameField(16),
});
export type UsageQuery = z.infer<typeof usageQuerySchema>;

export const ownUsageQuerySchema = z.strictObject({
  month: z
    .string()
    .refine((text) => YEAR.test(text) && dayNumber(`${text}-01`) !== undefined)
    .optional()
    .describe('Like `2026-11`. Absent: this one.'),
});
export type OwnUsageQuery = z.infer<typeof ownUsageQuerySchema>;

const sums = {
  calls: z.int(),
  promptTokens: z.int(),
  cachedTokens: z.int(),
  completionTokens: z.int(),
  estimatedCalls: z.int().describe('Calls whose counts are ours.'),
  costUsd: z
    .number()
    .nullable()
    .describe('What the calls of known price cost; null where there are calls and none has one.'),
  unpricedCalls: z.int().describe('Calls of unknown price: not in `costUsd`.'),
};

export const usageTotalSchema = z.object(sums).meta({ id: 'UsageTotal' });
export type UsageTotal = z.infer<typeof usageTotalSchema>;

export const usageRowSchema = z
  .object({
    day: z.iso.date().optional(),
    userId: z.int().optional(),
    username: z.string().optional().describe('As it was; people who are gone keep theirs.'),
    model: z.string().optional(),
    provider: z.string().optional(),
    purpose: z.string().optional(),
    door: z.string().optional(),
    ...sums,
  })
  .meta({ id: 'UsageRow' });
export type UsageRowView = z.infer<typeof usageRowSchema>;

export const usageReportSchema = z
  .object({
    from: z.iso.date(),
    to: z.iso.date(),
    timeZone: z.string(),
    rows: z.array(usageRowSchema).describe('What the query tells usage `by` is in each.'),
    total: usageTotalSchema,
  })
  .meta({ id: 'UsageReport' });
export type UsageReport = z.infer<typeof usageReportSchema>;

export const ownUsageSchema = z
  .object({
    month: z.string(),
    timeZone: z.string(),
    rows: z.array(usageRowSchema).describe('By day, model and provider.'),
    total: usageTotalSchema,
  })
  .meta({ id: 'OwnUsage' });
export type OwnUsage = z.infer<typeof ownUsageSchema>;
