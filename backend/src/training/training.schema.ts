import { z } from 'zod';
import { storableText } from '../platform/storable-text.rules.js';
import { FINE_TUNING_FORMATS } from './fine-tuning.rules.js';

/** Longest question and answer of a pair, in UTF-16 units: what models are trained on is shorter. */
const LONGEST = { question: 20_000, answer: 100_000 };

export const questionField = storableText().trim().min(1).max(LONGEST.question);
export const answerField = storableText().trim().min(1).max(LONGEST.answer);

export const correctionSchema = z
  .strictObject({ answer: answerField.describe('What should have been answered.') })
  .meta({ id: 'CorrectionWish' });
export type CorrectionWish = z.infer<typeof correctionSchema>;

export const correctionViewSchema = z
  .object({
    answer: z.string().nullable().describe('Null: the answer was not corrected.'),
    updatedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Correction' });
export type CorrectionView = z.infer<typeof correctionViewSchema>;

export const consentSchema = z
  .strictObject({ given: z.boolean() })
  .meta({ id: 'TrainingConsentWish' });
export type ConsentWish = z.infer<typeof consentSchema>;

export const consentViewSchema = z
  .object({ givenAt: z.iso.datetime().nullable().describe('Null: no consent.') })
  .meta({ id: 'TrainingConsent' });
export type ConsentView = z.infer<typeof consentViewSchema>;

export const exportSchema = z.strictObject({
  format: z.enum(FINE_TUNING_FORMATS).default('openai').describe('Whose chat format.'),
});
export type ExportWish = z.infer<typeof exportSchema>;
