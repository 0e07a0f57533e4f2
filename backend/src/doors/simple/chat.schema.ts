import { z } from 'zod';
import { citationSchema, sourceSchema } from '../../posts/posts.schema.js';
import { collectionIdsField, promptField } from '../prompt-fields.schema.js';

export const chatQuestionSchema = z
  .strictObject({
    question: promptField,
  })
  .meta({ id: 'ChatQuestion' });
export type ChatQuestion = z.infer<typeof chatQuestionSchema>;

/** Exactly what the seeds' clients read. */
export const chatAnswerSchema = z
  .object({ answer: z.string(), model: z.string() })
  .meta({ id: 'ChatAnswer' });
export type ChatAnswer = z.infer<typeof chatAnswerSchema>;

export const sourcedQuestionSchema = z
  .strictObject({
    question: promptField,
    collectionIds: collectionIdsField,
  })
  .meta({ id: 'SourcedQuestion' });
export type SourcedQuestion = z.infer<typeof sourcedQuestionSchema>;

export const sourcedAnswerSchema = chatAnswerSchema
  .extend({
    sources: z.array(sourceSchema),
    citations: z.array(citationSchema).describe('What became of each `[n]` of the answer.'),
    conversationId: z.int(),
    postId: z.int(),
  })
  .meta({ id: 'SourcedAnswer' });
export type SourcedAnswer = z.infer<typeof sourcedAnswerSchema>;

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
