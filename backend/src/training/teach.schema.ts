import { z } from 'zod';
import { storableText } from '../platform/storable-text.rules.js';
import { LARGEST_ID } from '../platform/validation.js';
import { answerField, questionField } from './training.schema.js';

/** More do not fit the body of a request anyway, which holds 1 MiB. */
const MOST = { documents: 100, pairs: 1000 };

const taughtText = z.strictObject({
  title: storableText().trim().min(1).max(255),
  text: storableText().min(1),
});

const taughtPair = z.strictObject({ question: questionField, answer: answerField });
export type TaughtPair = z.infer<typeof taughtPair>;

export const teachSchema = z
  .strictObject({
    documents: z.array(taughtText).max(MOST.documents).optional(),
    pairs: z
      .array(taughtPair)
      .max(MOST.pairs)
      .optional()
      .describe('Questions with the answers that are right.'),
    collectionId: z
      .int()
      .min(1)
      .max(LARGEST_ID)
      .optional()
      .describe('Where it goes; absent: a collection of the caller’s that is made for it.'),
  })
  .refine(({ documents = [], pairs = [] }) => documents.length + pairs.length > 0)
  .meta({ id: 'NewKnowledge', description: 'Documents, pairs, or both; not neither.' });
export type NewKnowledge = z.infer<typeof teachSchema>;

export const taughtSchema = z
  .object({
    collectionId: z.int(),
    documents: z
      .array(
        z.object({
          id: z.int(),
          title: z.string(),
          known: z.boolean().describe('The same text was there already; nothing was added.'),
        }),
      )
      .describe('They can be found once `GET /api/documents/{id}` says `ready`.'),
    pairs: z.int().describe('Pairs that were added.'),
  })
  .meta({ id: 'TaughtKnowledge' });
export type TaughtKnowledge = z.infer<typeof taughtSchema>;
