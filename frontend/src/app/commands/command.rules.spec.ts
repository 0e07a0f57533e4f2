import type { Command } from '../api/commands-api';
import {
  callable,
  filled,
  isName,
  matching,
  partsOf,
  queryOf,
  variablesOf,
  withGaps,
} from './command.rules';

const aCommand = (change: Partial<Command>): Command => ({
  id: null,
  key: null,
  name: 'tabela',
  aliases: [],
  scope: 'own',
  title: 'Um comando',
  text: 'Faça {{isto}}.',
  changed: false,
  ...change,
});

const COMMANDS = [
  aCommand({ name: 'Relatório', title: 'Relatório da semana' }),
  aCommand({ name: 'ata', scope: 'team', title: 'Ata de reunião' }),
  aCommand({ name: 'Tabela', scope: 'team', title: 'Tabela da casa' }),
  aCommand({ name: 'codigo', aliases: ['code'], scope: 'builtIn', title: 'Só código' }),
  aCommand({ name: 'tabela', aliases: ['table'], scope: 'builtIn', title: 'Uma tabela' }),
];
const found = (query: string): string[] =>
  matching(COMMANDS, query).flatMap(({ scope, commands }) =>
    commands.map(({ name }) => `${scope} ${name}`),
  );

describe(queryOf.name, () => {
  it('should be there while a name is typed, and no longer', () => {
    expect(['/', '/tab', '/Códi', '/a-b'].map(queryOf)).toEqual(['', 'tab', 'Códi', 'a-b']);
    expect(['', 'x', ' /tab', '/tab ', '/tab\n', '//', '/a/b'].map(queryOf)).toEqual(
      Array(7).fill(null),
    );
  });
});

describe(matching.name, () => {
  it('should find by name, other name and title, without case and accents', () => {
    expect(found('RELATORIO')).toEqual(['own Relatório']);
    expect(found('reuniao')).toEqual(['team ata']);
    expect(found('code')).toEqual(['builtIn codigo']);
    expect(found('/tab')).toEqual(['team Tabela', 'builtIn tabela']);
    expect(found('')).toHaveLength(5);
    expect(found('zzz')).toEqual([]);
  });

  it('should put names that begin so before titles in a scope', () => {
    expect(found('co')).toEqual(['builtIn codigo']);
    expect(
      matching(
        [aCommand({ name: 'um', title: 'Ata longa' }), aCommand({ name: 'ata' })],
        'ata',
      )[0]?.commands.map(({ name }) => name),
    ).toEqual(['ata', 'um']);
  });
});

describe(callable.name, () => {
  it('should leave out what another of the same name goes before', () => {
    expect(callable(COMMANDS).map(({ scope, name }) => `${scope} ${name}`)).toEqual([
      'own Relatório',
      'team ata',
      'team Tabela',
      'builtIn codigo',
    ]);
  });
});

describe(partsOf.name, () => {
  it('should tell a call from what only looks like one', () => {
    expect(partsOf('/Código em Python')).toEqual({ call: '/Código', rest: 'em Python' });
    expect(partsOf('/tabela')).toEqual({ call: '/tabela', rest: '' });
    expect(['/etc/passwd', '//tabela x', 'x /tabela', '/'].map(partsOf)).toEqual(
      Array(4).fill(null),
    );
  });
});

describe(filled.name, () => {
  it('should fill each place once, and read no value for variables', () => {
    const text = 'A {{ Cliente }} sobre {{assunto}}: {{cliente}}, {{}} {a}';
    expect(variablesOf(text)).toEqual(['Cliente', 'assunto']);
    expect(filled(text, { Cliente: '$& {{assunto}}' })).toBe(
      'A $& {{assunto}} sobre : $& {{assunto}}, {{}} {a}',
    );
  });

  it('should keep a text that would call a command from calling it', () => {
    expect(filled('{{a}} {{b}}', { a: '/tabela', b: 'x' })).toBe('//tabela x');
    expect(filled('{{a}}{{b}}', { a: '/etc/', b: 'x' })).toBe('/etc/x');
  });
});

describe(isName.name, () => {
  it('should take what the server takes', () => {
    expect(['a', 'ata-2', 'Código', 'a'.repeat(32)].every(isName)).toBe(true);
    expect(['', '-a', 'a b', '/a', 'a_b', 'a'.repeat(33)].some(isName)).toBe(false);
  });
});

describe(withGaps.name, () => {
  it('should make variables of gaps', () => {
    expect(withGaps('A ‹cliente› sobre ‹assunto›.')).toBe('A {{cliente}} sobre {{assunto}}.');
  });
});
