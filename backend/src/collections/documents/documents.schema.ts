import { z } from 'zod';
import { DOCUMENT_KINDS, VERSION_STATUSES } from '#db';
import { pageFields, pageOf } from '../../platform/page.schema.js';
import { storableText } from '../../platform/storable-text.rules.js';
import { LARGEST_ID } from '../../platform/validation.js';

const isoTime = z.iso.datetime();

/** Longest text that fits a request, in UTF-16 units: its body holds 1 MiB. */
const LONGEST_TEXT = 1_000_000;

const shownStatus = z
  .enum(VERSION_STATUSES)
  .exclude(['receiving'])
  .describe('`waiting`, `parsing` and `indexing`: being prepared. `ready`: it can be found.');

const errorView = z
  .object({
    code: z.string(),
    message: z.string().describe('In the language of the caller.'),
  })
  .meta({ id: 'DocumentError' });

/** A version that something is known of: answers name it by its id, people by its number. */
const versionName = z.object({ id: z.int(), n: z.int() }).meta({ id: 'VersionName' });

export const documentSchema = z
  .object({
    id: z.int(),
    collectionId: z.int(),
    kind: z.enum(DOCUMENT_KINDS),
    title: z.string(),
    url: z.string().nullable().describe('Of a page.'),
    fileName: z.string(),
    mediaType: z.string().describe('What the bytes are; empty while nobody has looked.'),
    bytes: z.int(),
    status: shownStatus.describe('Of the newest version.'),
    progress: z.int().describe('How much of the work on the newest version is done: 0 to 100.'),
    error: errorView.nullable().describe('Why the newest version failed.'),
    version: versionName.nullable().describe('The version that is found; null before the first.'),
    pages: z.int().nullable().describe('Null where the format has none.'),
    characters: z.int().nullable(),
    createdAt: isoTime,
    updatedAt: isoTime,
    deletedAt: isoTime.nullable(),
  })
  .meta({ id: 'Document' });
export type DocumentView = z.infer<typeof documentSchema>;

export const documentPageSchema = pageOf(documentSchema).meta({ id: 'DocumentPage' });

export const listDocumentsSchema = z.strictObject({
  ...pageFields,
  status: z
    .enum(['online', 'deleted'])
    .default('online')
    .describe('`deleted`: in the trash; for those who may edit the collection.'),
  q: storableText().max(200).optional().describe('Part of a title.'),
});
export type ListDocuments = z.infer<typeof listDocumentsSchema>;

const title = storableText().trim().min(1).max(255);

export const newPageSchema = z
  .strictObject({ url: storableText().trim().min(1).max(2048) })
  .meta({ id: 'NewPage' });
export type NewPage = z.infer<typeof newPageSchema>;

export const newTextSchema = z
  .strictObject({ title, text: storableText().min(1).max(LONGEST_TEXT) })
  .meta({ id: 'NewText' });
export type NewText = z.infer<typeof newTextSchema>;

export const changeDocumentSchema = z
  .strictObject({
    title: title.optional(),
    collectionId: z
      .int()
      .min(1)
      .max(LARGEST_ID)
      .optional()
      .describe('Moves it into another collection that the caller may edit.'),
  })
  .meta({ id: 'ChangeDocument' });
export type ChangeDocument = z.infer<typeof changeDocumentSchema>;

export const versionSchema = versionName
  .extend({
    status: shownStatus,
    progress: z.int(),
    error: errorView.nullable(),
    fileName: z.string(),
    mediaType: z.string(),
    bytes: z.int(),
    pages: z.int().nullable(),
    characters: z.int().nullable(),
    found: z.boolean().describe('Whether this is the one that is found.'),
    createdAt: isoTime,
    finishedAt: isoTime.nullable(),
  })
  .meta({ id: 'DocumentVersion' });
export type VersionView = z.infer<typeof versionSchema>;

export const versionListSchema = z
  .object({ items: z.array(versionSchema).describe('Newest first.') })
  .meta({ id: 'DocumentVersionList' });
export type VersionList = z.infer<typeof versionListSchema>;
