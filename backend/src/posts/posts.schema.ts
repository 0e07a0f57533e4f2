import { RAIL_ACTIONS, RAIL_STAGES } from '#db';
import { z } from 'zod';
import { pageFields, pageOf } from '../platform/page.schema.js';
import { LARGEST_ID } from '../platform/validation.js';
import { receiptSchema } from '../usage/receipt.schema.js';

export const sourceSchema = z
  .object({
    n: z.int().describe('What `[n]` in the answer points to.'),
    kind: z.enum(['documentation', 'document', 'web']),
    title: z.string(),
    url: z.string().nullable().describe('Of a page of the web.'),
    documentId: z.int().nullable().describe('Of a document; it may have been deleted since.'),
    versionId: z.int().nullable(),
    passage: z.int().nullable().describe('Its place in the version, from 1.'),
    page: z.int().nullable().describe('From 1, where the document has pages.'),
    heading: z.string().nullable().describe('Headings above it, outermost first, after ` › `.'),
    host: z.string().nullable().describe('Of a page of the web.'),
    foundAt: z.iso.datetime().nullable().describe('When a page of the web was read.'),
    publishedAt: z.iso.datetime().nullable().describe('When it says that it was published.'),
    quote: z.string().describe('The passage, as the model was sent it.'),
  })
  .meta({ id: 'Source' });

export const citationSchema = z
  .object({
    at: z.int().describe('Where the number stands in the body, in UTF-16 units.'),
    length: z.int(),
    n: z.int().describe('The source that it names.'),
    verdict: z
      .enum(['quoted', 'supported', 'misquoted', 'unsupported', 'unknown'])
      .describe(
        '`quoted`: a quotation beside it stands in the passage; `misquoted`: it does not; ' +
          '`supported`: the passage speaks of the claim; `unsupported`: it does not; ' +
          '`unknown`: there is no source of that number.',
      ),
  })
  .meta({ id: 'Citation' });

export const railSchema = z
  .object({
    id: z.int(),
    stage: z.enum(RAIL_STAGES).describe('Where it was found: `retrieved` is in a source.'),
    rail: z.string(),
    action: z.enum(RAIL_ACTIONS),
    message: z.string().describe('Why, in the reader’s language; never what was found.'),
    reported: z.boolean().describe('Whether its owner said that it was wrong.'),
  })
  .meta({ id: 'Rail' });

export const wishesSchema = z
  .object({
    web: z.boolean().nullable().describe('null: it was left to Prosa.'),
    knowledge: z.boolean().nullable().describe('null: it was left to Prosa.'),
    collectionIds: z.array(z.int()).nullable().describe('null: all that may be read.'),
  })
  .meta({ id: 'Wishes' });

export const postSchema = z
  .object({
    id: z.int(),
    conversationId: z.int(),
    parentId: z.int().nullable(),
    siblings: z.object({
      ids: z.array(z.int()).describe('Posts with the same parent, this one among them.'),
      index: z.int().describe('The place of this post among them, from 0.'),
    }),
    prompt: z.string().describe('As it was typed.'),
    asked: z
      .string()
      .nullable()
      .describe('What the model is asked, where a command made that of the prompt.'),
    body: z.string(),
    status: z.enum(['answering', 'done', 'stopped', 'interrupted', 'blocked', 'failed']),
    error: z.object({ code: z.string(), message: z.string() }).nullable(),
    model: z.string().nullable(),
    wishes: wishesSchema.describe('Where it was asked to look; the same when asked again.'),
    route: z
      .enum(['direct', 'knowledge', 'web', 'both'])
      .nullable()
      .describe('Where it looked; null until that is decided.'),
    routeReason: z.string().nullable().describe('Why it looked there.'),
    sources: z.array(sourceSchema),
    citations: z
      .array(citationSchema)
      .describe('What became of each number in the body; empty while it is being written.'),
    rails: z.array(railSchema).describe('What guardrails did about prompt, sources and answer.'),
    usage: receiptSchema.nullable(),
    feedback: z.union([z.literal(1), z.literal(-1)]).nullable(),
    pinned: z.boolean(),
    freshStartAt: z.iso
      .datetime()
      .nullable()
      .describe('Since when nothing up to and including this post is sent to a model.'),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Post' });
export type PostView = z.infer<typeof postSchema>;

export const postPageSchema = pageOf(postSchema)
  .extend({
    previousCursor: z
      .string()
      .nullable()
      .describe('Continues towards the newest post; null on the page that holds it.'),
  })
  .meta({ id: 'PostPage' });

const postIdText = /^[1-9]\d{0,9}$/;

/** A page begins at one place, and only along a branch. */
function hasOnePlace(query: {
  readonly branch: string;
  readonly cursor?: string | undefined;
  readonly around?: number | undefined;
  readonly before?: number | undefined;
  readonly after?: number | undefined;
}): boolean {
  const anchors = [query.around, query.before, query.after].filter((id) => id !== undefined);
  const places = anchors.length + (query.cursor === undefined ? 0 : 1);
  return places <= 1 && (query.branch !== 'all' || anchors.length === 0);
}

const postId = z.coerce.number().int().min(1).max(LARGEST_ID).optional();

export const listBranchSchema = z
  .strictObject({
    ...pageFields,
    branch: z
      .union([z.enum(['active', 'all']), z.string().regex(postIdText)])
      .default('active')
      .describe('`active`, `all`, or the id of a post: the branch that it is on.'),
    around: postId.describe('The posts before and after this one, it among them.'),
    before: postId.describe('The posts that lead to this one.'),
    after: postId.describe('The posts that follow this one.'),
  })
  .refine(hasOnePlace, { path: ['cursor'] });
export type ListBranch = z.infer<typeof listBranchSchema>;

export const listPromptsSchema = z.strictObject({
  ...pageFields,
  q: z.string().max(500).optional().describe('Words to find in prompts and answers.'),
});
export type ListPrompts = z.infer<typeof listPromptsSchema>;

export const promptSchema = z
  .object({
    id: z.int(),
    conversationId: z.int(),
    prompt: z.string(),
    status: z.string(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Prompt' });
export type PromptView = z.infer<typeof promptSchema>;

export const promptPageSchema = pageOf(promptSchema).meta({ id: 'PromptPage' });

export const feedbackSchema = z.strictObject({
  value: z.union([z.literal(1), z.literal(-1), z.literal(0)]).describe('0 takes the thumb back.'),
});
export type FeedbackWish = z.infer<typeof feedbackSchema>;

export const railReportSchema = z.strictObject({
  wrong: z.boolean().describe('Whether what the guardrails did about it was wrong.'),
});
export type RailReport = z.infer<typeof railReportSchema>;

export const pinSchema = z.strictObject({ pinned: z.boolean() });
export type PinWish = z.infer<typeof pinSchema>;

export const freshStartSchema = z.strictObject({
  on: z.boolean().describe('Whether a model is sent nothing up to and including this post.'),
});
export type FreshStartWish = z.infer<typeof freshStartSchema>;
