import { z } from 'zod';
import { instructionsField } from '../platform/instructions.schema.js';
import { pageFields, pageOf } from '../platform/page.schema.js';
import { storableText } from '../platform/storable-text.rules.js';

const isoTime = z.iso.datetime();

export const conversationSchema = z
  .object({
    id: z.int(),
    title: z.string().nullable(),
    status: z.enum(['online', 'deleted']),
    pinnedAt: isoTime.nullable(),
    deletedAt: isoTime.nullable(),
    model: z.string().nullable(),
    instructions: z.string().nullable(),
    leafPostId: z.int().nullable(),
    branchedFrom: z
      .object({ conversationId: z.int(), postId: z.int() })
      .nullable()
      .describe('The post its first posts were copied up to, while that exists.'),
    updatedAt: isoTime,
    createdAt: isoTime,
  })
  .meta({ id: 'Conversation' });
export type ConversationView = z.infer<typeof conversationSchema>;

export const snippetSchema = z
  .object({
    text: z.string().describe('Plain text around the match, never HTML.'),
    hits: z
      .array(z.tuple([z.int(), z.int()]))
      .describe('Ranges of `text` that match, as [start, end) in UTF-16 code units.'),
  })
  .meta({ id: 'Snippet' });
export type Snippet = z.infer<typeof snippetSchema>;

export const conversationListItemSchema = conversationSchema
  .extend({
    snippet: snippetSchema.nullable(),
    postId: z.int().nullable().describe('The newest post that matches; null for a title.'),
  })
  .meta({ id: 'ConversationListItem' });
export type ConversationListItem = z.infer<typeof conversationListItemSchema>;

export const conversationPageSchema = pageOf(conversationListItemSchema).meta({
  id: 'ConversationPage',
});

export const listConversationsSchema = z.strictObject({
  ...pageFields,
  q: z.string().max(500).optional().describe('Words to find in titles, prompts and answers.'),
  status: z.enum(['online', 'deleted']).default('online'),
  channel: z
    .enum(['simple'])
    .optional()
    .describe('`simple`: those begun at `POST /chat/`, which the history leaves out.'),
});
export type ListConversations = z.infer<typeof listConversationsSchema>;

export const findSchema = z.strictObject({
  ...pageFields,
  q: z
    .string()
    .max(500)
    .default('')
    .describe('Words to find; the last may be the beginning of one.'),
});
export type FindWish = z.infer<typeof findSchema>;

const findHitSchema = z
  .object({ postId: z.int(), snippet: snippetSchema.nullable() })
  .meta({ id: 'FindHit' });
export type FindHit = z.infer<typeof findHitSchema>;

export const findPageSchema = pageOf(findHitSchema)
  .extend({
    total: z.int().describe('Posts of the branch in use that match.'),
    elsewhere: z.int().describe('Posts that match in other versions of the conversation.'),
  })
  .meta({ id: 'FindPage' });
export type FindPage = z.infer<typeof findPageSchema>;

const title = storableText().trim().min(1).max(200);
const model = storableText().min(1).max(255);

export const createConversationSchema = z
  .strictObject({
    title: title.optional(),
    model: model.nullable().optional(),
    instructions: instructionsField.optional(),
  })
  .default({});
export type CreateConversation = z.infer<typeof createConversationSchema>;

export const changeConversationSchema = z.strictObject({
  title: title.optional(),
  pinned: z.boolean().optional(),
  model: model.nullable().optional(),
  instructions: instructionsField.optional(),
  leafPostId: z
    .int()
    .min(1)
    .max(2_147_483_647)
    .optional()
    .describe('Shows the branch that this post is on, as far as it was last shown.'),
});
export type ChangeConversation = z.infer<typeof changeConversationSchema>;
