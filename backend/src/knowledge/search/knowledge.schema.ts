import { z } from 'zod';
import { storableText } from '../../platform/storable-text.rules.js';
import { LARGEST_ID } from '../../platform/validation.js';

/** Passages shown to somebody who tries the search out. */
const MOST_SHOWN = 20;

const id = z.int().min(1).max(LARGEST_ID);

export const searchKnowledgeSchema = z.strictObject({
  q: storableText().min(1).max(2000).describe('A question, or words.'),
  collectionIds: z
    .string()
    .transform((text) => text.split(',').map(Number))
    .pipe(z.array(id).max(500))
    .optional()
    .describe('Collections, comma-separated. Absent: all that the caller may read.'),
  limit: z.coerce.number().int().min(1).max(MOST_SHOWN).default(10),
});
export type SearchKnowledge = z.infer<typeof searchKnowledgeSchema>;

export const foundChunkListSchema = z
  .object({
    items: z.array(
      z
        .object({
          documentId: z.int(),
          versionId: z.int(),
          collectionId: z.int(),
          n: z.int().describe('Place of the passage in its version, from 1.'),
          title: z.string(),
          page: z.int().nullable(),
          heading: z.string(),
          text: z.string(),
          score: z.number().describe('Higher is better; comparable within one answer only.'),
        })
        .meta({ id: 'FoundPassage' }),
    ),
  })
  .meta({ id: 'FoundPassageList' });
export type FoundChunkList = z.infer<typeof foundChunkListSchema>;
