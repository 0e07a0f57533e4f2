import type { ErrorDetails } from './domain-error.js';
import type { ErrorCode } from './error-codes.js';
import type { Language } from './language.rules.js';
import { en } from './messages/en.js';
import { ptBr } from './messages/pt-br.js';

const MESSAGES: Record<Language, Record<ErrorCode, string>> = { en, 'pt-BR': ptBr };

/** The error in the reader's language, with its details filled in. */
export function errorMessage(code: ErrorCode, language: Language, details?: ErrorDetails): string {
  return MESSAGES[language][code].replace(/\{(\w+)\}/g, (_, name: string) =>
    wordsFor(details?.[name]),
  );
}

function wordsFor(detail: ErrorDetails[string] | undefined): string {
  return Array.isArray(detail) ? detail.join(', ') : String(detail ?? '…');
}
