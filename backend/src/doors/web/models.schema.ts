import { z } from 'zod';

export const modelListSchema = z
  .object({
    items: z.array(
      z
        .object({
          id: z.string(),
          provider: z.string(),
          contextWindow: z.int().describe('Tokens that prompt and answer share.'),
          available: z.boolean(),
          reason: z
            .object({ code: z.string(), message: z.string() })
            .nullable()
            .describe('Why it is not available.'),
          default: z.boolean().describe('Asked when nobody chooses.'),
        })
        .meta({ id: 'Model' }),
    ),
  })
  .meta({ id: 'ModelList' });
export type ModelList = z.infer<typeof modelListSchema>;
