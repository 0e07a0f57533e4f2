import { DomainError } from '../platform/domain-error.js';
import { isStorable } from '../platform/storable-text.rules.js';

/** Longest prompt, in UTF-16 code units. */
export const LONGEST_PROMPT = 200_000;

/**
 * Refuses what cannot be a prompt, before anything is stored.
 * @throws {DomainError} POST.PROMPT_EMPTY, POST.PROMPT_TOO_LONG (by how much), or REQUEST.INVALID
 * for text that no database can hold.
 */
export function requirePrompt(prompt: string): void {
  if (prompt.trim() === '') {
    throw new DomainError('POST.PROMPT_EMPTY');
  }
  if (prompt.length > LONGEST_PROMPT) {
    throw new DomainError('POST.PROMPT_TOO_LONG', {
      length: prompt.length,
      maximum: LONGEST_PROMPT,
    });
  }
  if (!isStorable(prompt)) {
    throw new DomainError('REQUEST.INVALID', { fields: ['prompt'] });
  }
}

/**
 * Refuses what a command made of a prompt where nothing came of it.
 * @throws {DomainError} POST.PROMPT_EMPTY.
 */
export function requireExpanded(asked: string): void {
  if (asked.trim() === '') {
    throw new DomainError('POST.PROMPT_EMPTY');
  }
}
