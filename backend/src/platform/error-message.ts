import type { ErrorDetails } from './domain-error.js';
import type { ErrorCode } from './error-codes.js';
import type { Language } from './language.rules.js';
import { en } from './messages/en.js';
import { FETCH_PROBLEMS } from './messages/fetch-problems.js';
import { ptBr } from './messages/pt-br.js';

const MESSAGES: Record<Language, Record<ErrorCode, string>> = { en, 'pt-BR': ptBr };

/** The error in the reader's language, with its details filled in. */
export function errorMessage(code: ErrorCode, language: Language, details?: ErrorDetails): string {
  return MESSAGES[language][code].replace(/\{(\w+)\}/g, (_, name: string) => {
    const detail = details?.[name];
    return (name === 'why' ? reasonFor(detail, language) : undefined) ?? wordsFor(detail);
  });
}

/** Why an address could not be read is a word of ours, which no reader should have to know. */
function reasonFor(
  detail: ErrorDetails[string] | undefined,
  language: Language,
): string | undefined {
  return new Map(Object.entries(FETCH_PROBLEMS[language])).get(String(detail));
}

function wordsFor(detail: ErrorDetails[string] | undefined): string {
  return Array.isArray(detail) ? detail.join(', ') : String(detail ?? '…');
}
