import { z } from 'zod';
import { pageFields, pageOf } from '../../platform/page.schema.js';
import { LARGEST_ID } from '../../platform/validation.js';

const version = z.coerce
  .number()
  .int()
  .min(1)
  .max(LARGEST_ID)
  .optional()
  .describe('The id of a version, as sources name it. Absent: the one that is found.');

export const readTextSchema = z.strictObject({ ...pageFields, version });
export type ReadText = z.infer<typeof readTextSchema>;

export const ofVersionSchema = z.strictObject({ version });
export type OfVersion = z.infer<typeof ofVersionSchema>;

export const passageSchema = z
  .object({
    n: z.int().describe('Its place in the version, from 1.'),
    page: z.int().nullable().describe('Counts from 1; null where the format has no pages.'),
    heading: z.string().describe('The headings above it, joined by ` › `.'),
    text: z.string(),
  })
  .meta({ id: 'Passage' });
export type PassageView = z.infer<typeof passageSchema>;

export const passagePageSchema = pageOf(passageSchema).meta({ id: 'PassagePage' });

export const passageInPlaceSchema = z
  .object({
    documentId: z.int(),
    title: z.string(),
    version: z.object({ id: z.int(), n: z.int() }).meta({ id: 'VersionName' }),
    isCurrent: z.boolean().describe('Whether the document is still found as it is in here.'),
    n: z.int().describe('The passage that was asked for.'),
    passages: z.array(passageSchema).describe('It, with up to two before and two after it.'),
  })
  .meta({ id: 'PassageInPlace' });
export type PassageInPlace = z.infer<typeof passageInPlaceSchema>;

export const listCitationsSchema = z.strictObject(pageFields);
export type ListCitations = z.infer<typeof listCitationsSchema>;

export const citedPostSchema = z
  .object({
    postId: z.int(),
    conversationId: z.int(),
    conversationTitle: z.string().nullable(),
    prompt: z.string().describe('Its first 300 characters.'),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'CitedPost' });
export type CitedPostView = z.infer<typeof citedPostSchema>;

export const citedPostPageSchema = pageOf(citedPostSchema).meta({ id: 'CitedPostPage' });
