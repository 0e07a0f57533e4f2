import { describe, expect, it } from '@jest/globals';
import { aliasesOf, BUILT_IN, builtInCalled, COMMAND_KEYS } from './built-in-commands.js';
import { commandCall, isCommandName, variablesOf } from './expand-command.rules.js';

const calledBy = (prompt: string, language: 'pt-BR' | 'en') =>
  builtInCalled(commandCall(prompt)?.word ?? '', language);

describe(builtInCalled.name, () => {
  it.each([
    ['/resumir', 'en', 'summarize', 'pt-BR'],
    ['/SUMMARIZE', 'pt-BR', 'summarize', 'en'],
    ['/traduzir', 'en', 'translate', 'pt-BR'],
    ['/translate', 'pt-BR', 'translate', 'en'],
    ['/tabela', 'en', 'table', 'pt-BR'],
    ['/table', 'pt-BR', 'table', 'en'],
    ['/código', 'en', 'code', 'pt-BR'],
    ['/code', 'pt-BR', 'code', 'en'],
    ['/formal', 'pt-BR', 'formal', 'pt-BR'],
    ['/formal', 'en', 'formal', 'en'],
  ] as const)('should find %s for a caller in %s', (prompt, language, key, named) => {
    expect(calledBy(prompt, language)).toEqual({ key, language: named });
  });

  it('should find nothing by another name, nor by a key that is no name', () => {
    expect(builtInCalled('tabelas', 'pt-BR')).toBeNull();
    expect(builtInCalled('', 'pt-BR')).toBeNull();
  });
});

describe(aliasesOf.name, () => {
  it('should give the other name where there is one', () => {
    expect(aliasesOf('table', 'pt-BR')).toEqual(['table']);
    expect(aliasesOf('table', 'en')).toEqual(['tabela']);
    expect(aliasesOf('formal', 'en')).toEqual([]);
  });
});

describe('BUILT_IN', () => {
  it('should have a name that can be called and one variable, in each language', () => {
    for (const { name, text } of COMMAND_KEYS.flatMap((key) => Object.values(BUILT_IN[key]))) {
      expect(isCommandName(name)).toBe(true);
      expect(variablesOf(text)).toHaveLength(1);
    }
  });
});
