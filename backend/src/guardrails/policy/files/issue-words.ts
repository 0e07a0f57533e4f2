import type { z } from 'zod';
import type { Language } from '../../../platform/language.rules.js';
import { type Said, sayEach } from './problem.js';

type Issue = z.core.$ZodIssue;

interface Words {
  readonly missing: string;
  readonly type: string;
  readonly unknownKeys: string;
  readonly oneOf: string;
  readonly tooSmall: string;
  readonly tooBig: string;
  readonly empty: string;
  readonly kinds: Readonly<Record<string, string>>;
}

const WORDS: Readonly<Record<Language, Words>> = {
  en: {
    missing: '“{key}” is missing',
    type: 'must be {kind}',
    unknownKeys: 'is not known here: {keys}',
    oneOf: 'must be one of: {values}',
    tooSmall: 'must be at least {limit}',
    tooBig: 'must be at most {limit}',
    empty: 'must not be empty',
    kinds: {
      string: 'a text',
      number: 'a number',
      int: 'a whole number',
      boolean: 'true or false',
      array: 'a list (lines that begin with “- ”)',
      object: 'a map (lines of “name: value”)',
      record: 'a map (lines of “name: value”)',
    },
  },
  'pt-BR': {
    missing: 'falta “{key}”',
    type: 'deve ser {kind}',
    unknownKeys: 'não se conhece aqui: {keys}',
    oneOf: 'deve ser um destes: {values}',
    tooSmall: 'deve ser pelo menos {limit}',
    tooBig: 'deve ser no máximo {limit}',
    empty: 'não pode estar vazio',
    kinds: {
      string: 'um texto',
      number: 'um número',
      int: 'um número inteiro',
      boolean: 'true ou false',
      array: 'uma lista (linhas que começam com “- ”)',
      object: 'um mapa (linhas de “nome: valor”)',
      record: 'um mapa (linhas de “nome: valor”)',
    },
  },
};

/** What a schema has against a value, in each language. What schemas say themselves stays as it is. */
export const issueWords = (issue: Issue): Said => sayEach((language) => inWords(issue, language));

function inWords(issue: Issue, language: Language): string {
  const words = WORDS[language];
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined && issue.path.length > 0
        ? filled(words.missing, { key: String(issue.path.at(-1)) })
        : filled(words.type, { kind: words.kinds[issue.expected] ?? issue.expected });
    case 'unrecognized_keys':
      return filled(words.unknownKeys, { keys: issue.keys.join(', ') });
    case 'invalid_value':
      return filled(words.oneOf, { values: issue.values.join(', ') });
    case 'too_small':
      return Number(issue.minimum) === 1 && issue.origin !== 'number' && issue.origin !== 'int'
        ? words.empty
        : filled(words.tooSmall, { limit: String(issue.minimum) });
    case 'too_big':
      return filled(words.tooBig, { limit: String(issue.maximum) });
    case 'custom':
      return ownWords(issue, language);
    default:
      return issue.message;
  }
}

/** A schema may say why in each language: `params: { said }`. */
function ownWords(issue: z.core.$ZodIssueCustom, language: Language): string {
  const said = issue.params?.['said'] as Said | undefined;
  return said?.[language] ?? issue.message;
}

const filled = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '…');
