import { z } from 'zod';
import { collectionIdsField, promptField } from '../prompt-fields.schema.js';

const model = z.string().min(1).max(255);

/** Where to look; what is left out is Prosa's to decide. */
const wishes = {
  web: z
    .boolean()
    .optional()
    .describe('Look on the web; absent: Prosa decides. The same holds when it is asked again.'),
  knowledge: z
    .boolean()
    .optional()
    .describe('Look in documents, attachments and Prosa’s documentation; absent: Prosa decides.'),
  collectionIds: collectionIdsField,
};

export const askSchema = z
  .strictObject({
    prompt: promptField,
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
    ...wishes,
  })
  .meta({ id: 'Ask' });
export type AskBody = z.infer<typeof askSchema>;

export const askAnewSchema = askSchema
  .omit({ parentId: true })
  .extend({ model: model.optional().describe('Kept by the conversation.') })
  .meta({ id: 'AskAnew' });
export type AskAnewBody = z.infer<typeof askAnewSchema>;

export const regenerateSchema = z.strictObject({ model: model.optional() }).default({});
export type RegenerateBody = z.infer<typeof regenerateSchema>;

export const continueSchema = z.strictObject({}).default({});
export type ContinueBody = z.infer<typeof continueSchema>;

export const contextQuestionSchema = z
  .strictObject({
    prompt: z.string().max(200_000).default('').describe('What is being written.'),
    parentId: z.int().min(1).max(2_147_483_647).nullable().optional(),
    model: model.optional(),
    ...wishes,
  })
  .default({ prompt: '' })
  .meta({ id: 'ContextQuestion' });
export type ContextQuestionBody = z.infer<typeof contextQuestionSchema>;

export const newContextQuestionSchema = z
  .strictObject({
    prompt: z.string().max(200_000).default('').describe('What is being written.'),
    model: model.optional(),
    ...wishes,
  })
  .default({ prompt: '' })
  .meta({ id: 'NewContextQuestion' });
export type NewContextQuestionBody = z.infer<typeof newContextQuestionSchema>;

export const contextUseSchema = z
  .object({
    limit: z.int().describe('The window of the model, in tokens.'),
    used: z.int().describe('Estimated tokens of what would be sent.'),
    reserved: z.int().describe('Tokens kept for the answer.'),
    excess: z.int().describe('By how many tokens the prompt alone exceeds the window; 0: it fits.'),
    begins: z
      .int()
      .nullable()
      .describe('The oldest of the newest posts that are sent without a gap; null: none is.'),
    kept: z
      .array(z.object({ postId: z.int(), reason: z.enum(['pinned', 'relevant']) }))
      .describe('Older posts that are sent all the same, oldest first.'),
    left: z
      .array(
        z.object({
          postId: z.int(),
          reason: z.enum(['window', 'unfinished', 'blocked', 'freshStart', 'summary']),
        }),
      )
      .describe('Posts of the branch that are not sent, newest first; at most 200.'),
    leftOlder: z.int().describe('How many more before those are not sent.'),
    summary: z
      .object({
        id: z.int(),
        postId: z.int().describe('The last post that it covers.'),
        posts: z.int().describe('How many it covers.'),
        tokens: z.int(),
      })
      .nullable()
      .describe('What is sent in place of earlier posts.'),
  })
  .meta({ id: 'ContextUse' });
export type ContextUseView = z.infer<typeof contextUseSchema>;
