import { DomainError } from '../platform/domain-error.js';
import { isStorable } from '../platform/storable-text.rules.js';

/** Longest prompt, in UTF-16 code units. */
const LONGEST_PROMPT = 200_000;

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
 * Refuses what a command made of a prompt: the limits of what is typed hold for what is asked too.
 * @throws {DomainError} POST.PROMPT_EMPTY, or COMMAND.PROMPT_TOO_LONG.
 */
export function requireExpanded(asked: string): void {
  if (asked.trim() === '') {
    throw new DomainError('POST.PROMPT_EMPTY');
  }
  if (asked.length > LONGEST_PROMPT) {
    throw new DomainError('COMMAND.PROMPT_TOO_LONG', {
      length: asked.length,
      maximum: LONGEST_PROMPT,
    });
  }
}
