import { z } from 'zod';

const model = z.string().min(1).max(255);

export const askSchema = z
  .strictObject({
    prompt: z.string().describe('1 to 200,000 characters.'),
    parentId: z
      .int()
      .min(1)
      .max(2_147_483_647)
      .nullable()
      .optional()
      .describe(
        'The post it follows; absent: the newest of the branch shown; null: a new beginning.',
      ),
    model: model.optional(),
    knowledge: z.boolean().optional().describe('Stand on Prosa’s documentation.'),
  })
  .meta({ id: 'Ask' });
export type AskBody = z.infer<typeof askSchema>;

export const regenerateSchema = z.strictObject({ model: model.optional() }).default({});
export type RegenerateBody = z.infer<typeof regenerateSchema>;

export const continueSchema = z.strictObject({}).default({});
export type ContinueBody = z.infer<typeof continueSchema>;
