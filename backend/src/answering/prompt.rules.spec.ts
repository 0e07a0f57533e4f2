import { describe, expect, it } from '@jest/globals';
import { DomainError } from '../platform/domain-error.js';
import { requirePrompt } from './prompt.rules.js';

function refusalOf(prompt: string): DomainError {
  try {
    requirePrompt(prompt);
  } catch (error) {
    if (error instanceof DomainError) return error;
  }
  throw new Error('it was accepted');
}

describe(requirePrompt.name, () => {
  it.each(['a', ' x ', 'x'.repeat(200_000), '🙂', 'linha\nlinha\ttab'])(
    'should accept text',
    (prompt) => {
      expect(() => {
        requirePrompt(prompt);
      }).not.toThrow();
    },
  );

  it.each(['', ' ', '\n\t\r', '\u00a0\u2003'])('should refuse %j as empty', (prompt) => {
    expect(refusalOf(prompt).code).toBe('POST.PROMPT_EMPTY');
  });

  it('should refuse the 200,001st character and say how many there are', () => {
    const refusal = refusalOf('x'.repeat(200_001));
    expect(refusal).toMatchObject({
      code: 'POST.PROMPT_TOO_LONG',
      details: { length: 200_001, maximum: 200_000 },
    });
  });

  it.each(['nul \0', 'half \ud83d', '\ude42 other half'])(
    'should refuse %j: no database holds it',
    (prompt) => {
      expect(refusalOf(prompt)).toMatchObject({
        code: 'REQUEST.INVALID',
        details: { fields: ['prompt'] },
      });
    },
  );
});
