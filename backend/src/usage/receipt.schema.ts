import { z } from 'zod';

/** What an answer cost, with the calls that were made beside the one that gave it. */
export const receiptSchema = z
  .object({
    model: z.string(),
    provider: z.string(),
    promptTokens: z.int().nullable(),
    cachedTokens: z.int().nullable().describe('Of the prompt, read from the provider’s cache.'),
    completionTokens: z.int().nullable(),
    estimated: z.boolean().describe('The counts are ours: the provider gave none.'),
    costUsd: z.number().nullable().describe('Null where no price is known.'),
    priceSource: z.string().nullable().describe('Whose price list.'),
    priceAsOf: z.string().nullable().describe('The list’s day, like `2026-09-23`.'),
    ttftMs: z.int().nullable().describe('Milliseconds to the first token.'),
    durationMs: z.int().nullable(),
    calls: z
      .int()
      .describe('Calls to models for this post: titles and those that failed among them.'),
    totalCostUsd: z.number().nullable().describe('Of all of them; null if that of one is unknown.'),
    traceUrl: z
      .string()
      .nullable()
      .describe('The trace in LangSmith, for administrators, where answers are traced.'),
  })
  .meta({ id: 'PostUsage' });
export type Receipt = z.infer<typeof receiptSchema>;
