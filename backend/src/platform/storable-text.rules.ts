import { z } from 'zod';

/**
 * Whether every database can hold a text as it is: PostgreSQL refuses NUL, and half a character
 * would come back as U+FFFD.
 */
export function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}

/** A field whose text is stored. */
export const storableText = () => z.string().refine(isStorable);
