import { describe, expect, it } from '@jest/globals';
import { ERROR_STATUS, type ErrorCode } from '../error-codes.js';
import { errorMessage } from '../error-message.js';
import { en } from './en.js';
import { ptBr } from './pt-br.js';

const CODES = Object.keys(ERROR_STATUS) as ErrorCode[];

const placeholders = (words: string) =>
  Array.from(words.matchAll(/\{(\w+)\}/g), ([, name]) => name);

/** Codes that are shown without details: those of a stored answer, and why a model is not there. */
const WITHOUT_DETAILS = CODES.filter(
  (code) => /^(MODEL|RUN|SERVER)\./.test(code) && !['MODEL.UNKNOWN', 'RUN.TOO_MANY'].includes(code),
);

describe(errorMessage.name, () => {
  it.each(CODES)('should say the same of %s in both languages', (code) => {
    expect(placeholders(en[code]).sort()).toEqual(placeholders(ptBr[code]).sort());
    expect(en[code]).not.toBe(ptBr[code]);
    for (const words of [en[code], ptBr[code]]) {
      expect(words).toMatch(/^\p{Lu}.*[.!?]$/u);
      expect(words.replace(/\{\w+\}/g, 'x')).not.toMatch(/[{}]|\s{2}/);
    }
  });

  it('should say in the language it is asked for', () => {
    const details = { length: 201_000, maximum: 200_000 };
    expect(errorMessage('POST.PROMPT_TOO_LONG', 'en', details)).toBe(
      'The message has 201000 characters; the limit is 200000.',
    );
    expect(errorMessage('POST.PROMPT_TOO_LONG', 'pt-BR', details)).toBe(
      'A mensagem tem 201000 caracteres; o limite é 200000.',
    );
  });

  it('should join what is several', () => {
    expect(errorMessage('REQUEST.INVALID', 'en', { fields: ['a', 'b'] })).toMatch(/Check: a, b\.$/);
  });

  it('should say in words why an address could not be read', () => {
    const details = { host: 'example.com', why: 'time' };
    expect(errorMessage('DOCUMENT.UNREACHABLE', 'en', details)).toBe(
      'The page at example.com could not be read (the site took too long to answer).',
    );
    expect(errorMessage('DOCUMENT.UNREACHABLE', 'pt-BR', details)).toBe(
      'Não foi possível ler a página em example.com (o site demorou demais para responder).',
    );
    for (const why of ['constructor', 'ETIMEDOUT']) {
      expect(errorMessage('DOCUMENT.UNREACHABLE', 'en', { host: 'x', why })).toContain(`(${why})`);
    }
  });

  it.each(WITHOUT_DETAILS)('should need no details for %s', (code) => {
    expect(placeholders(en[code])).toEqual([]);
  });

  it('should not call a limit the reader’s own that may be the team’s', () => {
    for (const code of CODES.filter((some) => /^LIMIT\.|^RUN\.TOO_MANY$/.test(some))) {
      expect(en[code]).not.toMatch(/\byou\b/i);
      expect(ptBr[code]).not.toMatch(/você/i);
    }
  });

  it('should not fill a placeholder with what a detail says', () => {
    const details = { model: '{model} {fields} $& $1' };
    expect(errorMessage('MODEL.UNKNOWN', 'en', details)).toBe(
      'There is no model “{model} {fields} $& $1”.',
    );
  });
});
