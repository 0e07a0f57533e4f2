import type { DetailedProblem, ErrorDetails } from './domain-error.js';
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
  if (typeof detail !== 'string') return undefined;
  return new Map(Object.entries(FETCH_PROBLEMS[language])).get(detail);
}

function wordsFor(detail: ErrorDetails[string] | undefined): string {
  if (detail === undefined) return '…';
  return typeof detail === 'object' ? detail.map(wordsOf).join(', ') : String(detail);
}

const wordsOf = (one: string | DetailedProblem): string =>
  typeof one === 'string' ? one : `${one.file}:${String(one.line)}`;
