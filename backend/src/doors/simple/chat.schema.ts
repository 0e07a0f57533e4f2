import { z } from 'zod';

export const chatQuestionSchema = z
  .strictObject({
    question: z.string().meta({ description: '1 to 200,000 characters.', pattern: '\\S' }),
  })
  .meta({ id: 'ChatQuestion' });
export type ChatQuestion = z.infer<typeof chatQuestionSchema>;

/** Exactly what the seeds' clients read. */
export const chatAnswerSchema = z
  .object({ answer: z.string(), model: z.string() })
  .meta({ id: 'ChatAnswer' });
export type ChatAnswer = z.infer<typeof chatAnswerSchema>;

/** The token under the names of RFC 6749, section 5.1, which FastAPI's clients read, and ours. */
export const tokenSchema = z
  .object({
    access_token: z.string(),
    token_type: z.literal('bearer'),
    expires_in: z.int().describe('Seconds the token is good for.'),
    accessToken: z.string().describe('The same token, under the name `/api/auth/login` gives it.'),
  })
  .meta({ id: 'Token' });
export type Token = z.infer<typeof tokenSchema>;
