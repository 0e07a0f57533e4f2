import { describe, expect, it } from '@jest/globals';
import { MORE_THAN_LINEAR, timesCostlier } from '../../test/harness/growth.js';
import {
  commandCall,
  expandCommand,
  expandedLength,
  isCommandName,
  searchedFor,
  unescaped,
  variablesOf,
} from './expand-command.rules.js';

const callable = (text: string, withoutRest = '') => ({ text, withoutRest });

describe(commandCall.name, () => {
  it.each([
    ['/tabela', 'tabela', ''],
    ['/tabela   cidades do Paraná ', 'tabela', 'cidades do Paraná'],
    ['/Código\nem Python\n\ne depois', 'codigo', 'em Python\n\ne depois'],
    ['/co\u0301digo x', 'codigo', 'x'],
    ['/ata-da-reunião\thoje', 'ata-da-reuniao', 'hoje'],
    ['/ТАБЛИЦА города', 'таблица', 'города'],
  ])('should read %j', (prompt, word, rest) => {
    expect(commandCall(prompt)).toEqual({ word, rest });
  });

  it.each([
    ['/etc/passwd'],
    ['/'],
    ['/ tabela'],
    ['//tabela'],
    [' /tabela'],
    ['use /tabela'],
    ['/-x'],
    ['/tabela: cidades'],
    ['/a.b'],
    [`/${'a'.repeat(33)}`],
    [''],
  ])('should leave %j as it is', (prompt) => {
    expect(commandCall(prompt)).toBeNull();
  });
});

describe(unescaped.name, () => {
  it.each([
    ['//tabela x', '/tabela x'],
    ['//nada', '/nada'],
    ['// um comentário', null],
    ['//etc/passwd', null],
    ['/tabela', null],
    ['tabela', null],
  ])('should make of %j %j', (prompt, meant) => {
    expect(unescaped(prompt)).toBe(meant);
  });
});

describe(isCommandName.name, () => {
  it.each(['a', '7', 'ata-2', 'Código', 'ñandú', 'a'.repeat(32), '표'])(
    'should take %j',
    (name) => {
      expect(isCommandName(name)).toBe(true);
    },
  );

  it.each([
    '',
    '-a',
    'a b',
    'a/b',
    '/a',
    'a_b',
    'a'.repeat(33),
    '{{a}}',
    'a\n',
    '🦜',
    'ﷺ',
    '각'.repeat(32),
  ])('should refuse %j', (name) => {
    expect(isCommandName(name)).toBe(false);
  });
});

describe(variablesOf.name, () => {
  it('should name each once, as it is first written', () => {
    const text = '{{ Cliente }} e {{produto novo}}, {{cliente}} {{}} {{ }} {{-}} {a} {{a\nb}}';
    expect(variablesOf(text)).toEqual(['Cliente', 'produto novo']);
  });
});

describe(expandCommand.name, () => {
  it('should put what is typed below a text without variables', () => {
    expect(expandCommand(callable('Seja breve.'), '')).toBe('Seja breve.');
    expect(expandCommand(callable('Seja breve.'), 'O que é Nest?')).toBe(
      'Seja breve.\n\nO que é Nest?',
    );
  });

  it('should put all that is typed in the place of the only variable, wherever it stands', () => {
    const text = 'Sobre {{tema}}: três fatos de {{Tema}}.';
    const rest = 'nome: $& {{tema}}\n$1';
    expect(expandCommand(callable(text), rest)).toBe(`Sobre ${rest}: três fatos de ${rest}.`);
  });

  it('should work on what it is given where nothing is typed', () => {
    expect(expandCommand(callable('Texto: {{texto}}', 'a resposta'), '')).toBe('Texto: a resposta');
    expect(expandCommand(callable('Texto: {{texto}}'), '')).toBe('Texto: ');
  });

  it.each([
    ['a line each, the last the rest', 'Ana\nmesa\ne cadeira', 'Ana|mesa\ne cadeira'],
    ['nothing where lines are missing', 'Ana', 'Ana|'],
    ['named lines in any order', 'PRODUTO: mesa\ne cadeira\ncliente : Ana', 'Ana|mesa\ne cadeira'],
    [
      'a value with a colon in it',
      'cliente: Ana\nproduto: mesa: a grande\nobs: azul',
      'Ana|mesa: a grande\nobs: azul',
    ],
    ['a first line with another name as a value', 'obs: azul\nmesa', 'obs: azul|mesa'],
    [
      'paragraphs under a name, as they are written',
      'produto: mesa\n\n  de pinho\n\ncliente: Ana\n\n',
      'Ana|mesa\n\n  de pinho',
    ],
  ])('should fill several variables with %s', (_, rest, filled) => {
    expect(expandCommand(callable('{{cliente}}|{{produto}}'), rest)).toBe(filled);
  });
});

it('should take no longer for each of many lines than for each of a few', () => {
  const many = (size: number) => {
    expandCommand(callable('{{cliente}}|{{produto}}'), `cliente: Ana\n${'x\n'.repeat(size)}`);
  };
  expect(timesCostlier(many, 2000)).toBeLessThan(MORE_THAN_LINEAR);
});

describe(expandedLength.name, () => {
  it.each([
    ['Seja breve.', ''],
    ['Seja breve.', 'O que é Nest?'],
    ['Sobre {{tema}}: três fatos de {{Tema}} {{-}}.', 'ondas'],
    ['{{a}} e {{b}}', 'b: 1\na: 2'],
  ])('should say of %j and %j how long what is made of them is', (text, rest) => {
    expect(expandedLength(callable(text), rest)).toBe(expandCommand(callable(text), rest).length);
  });

  it('should count what would be too large to be made', () => {
    const text = '{{x}}'.repeat(1600);
    expect(expandedLength(callable(text), 'x'.repeat(199_000))).toBe(1600 * 199_000);
  });
});

describe(searchedFor.name, () => {
  it.each([
    ['/tabela cidades', 'Responda só com uma tabela: cidades', 'cidades'],
    ['/bedrock', 'Como conecto o Bedrock?', 'Como conecto o Bedrock?'],
    ['cidades', 'cidades', 'cidades'],
    ['/nada cidades', '/nada cidades', '/nada cidades'],
    ['//tabela cidades', '/tabela cidades', '/tabela cidades'],
  ])('should of %j look for what the person wrote', (typed, asked, searched) => {
    expect(searchedFor(typed, asked)).toBe(searched);
  });
});
