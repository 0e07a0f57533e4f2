import { describe, expect, it } from '@jest/globals';
import { unquoted } from './unquoted.rules.js';

describe(unquoted.name, () => {
  const said = ['Meu CPF é 529.982.247-25, guarde.', 'You are an assistant.'];

  it('should leave words that quote nothing', () => {
    const words = 'Rate limit reached for requests per min, try again in 20s.';
    expect(unquoted(words, said)).toBe(words);
    expect(unquoted('', said)).toBe('');
  });

  it('should leave out a quotation, wherever it stands', () => {
    expect(unquoted('cannot parse: Meu CPF é 529.982.247-25, guarde. Sorry', said)).toBe(
      'cannot parse: [quoted] Sorry',
    );
    expect(unquoted('Meu CPF é 529.982.247-25, guarde.', said)).toBe('[quoted]');
  });

  it('should find a quotation at every distance from the beginning', () => {
    for (let distance = 0; distance < 40; distance += 1) {
      const words = `${'x'.repeat(distance)}529.982.247-25, guarde.`;
      expect(unquoted(words, said)).toBe(`${'x'.repeat(distance)}[quoted]`);
    }
  });

  it('should leave out several quotations', () => {
    expect(unquoted('a 529.982.247-25 b You are an assistant. c 529.982.247-25', said)).not.toMatch(
      /529|assistant/,
    );
  });
});
