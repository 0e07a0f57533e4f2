import { z } from 'zod';
import { LARGEST_ID } from '../platform/validation.js';

/** What is asked, the same at every door; its length is admission's to judge. */
export const promptField = z
  .string()
  .meta({ description: '1 to 200,000 characters.', pattern: '\\S' });

export const collectionIdsField = z
  .array(z.int().min(1).max(LARGEST_ID))
  .min(1)
  .max(100)
  .optional()
  .describe('Look in these collections only; absent: in all that may be read.');
