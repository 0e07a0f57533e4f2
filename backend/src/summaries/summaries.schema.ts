import { z } from 'zod';

export const summarySchema = z
  .object({
    id: z.int(),
    conversationId: z.int(),
    postId: z.int().describe('The last post that it covers, with those before it on its branch.'),
    posts: z.int().describe('How many it covers.'),
    text: z.string().describe('What a model is sent in place of them; written by a model.'),
    model: z.string().describe('The one that wrote it.'),
    createdAt: z.iso.datetime(),
    undoneAt: z.iso.datetime().nullable().describe('When it was taken back; null: it is in use.'),
    costUsd: z.number().nullable().describe('Null where no price is known.'),
  })
  .meta({ id: 'Summary' });
export type SummaryView = z.infer<typeof summarySchema>;
