import { describe, expect, it } from '@jest/globals';
import { assignUsernames, isSameName } from './old-usernames.rules.js';
import { isUsername } from './username.rules.js';

const assign = (...names: readonly (string | null)[]) =>
  Array.from(assignUsernames(names.map((username, at) => ({ id: at + 1, username }))).entries())
    .sort(([a], [b]) => a - b)
    .map(([, name]) => name);

describe(assignUsernames.name, () => {
  it('should leave allowed names as they are', () => {
    expect(assign('ana', 'b.c_d-e@f', '123')).toEqual(['ana', 'b.c_d-e@f', '123']);
  });

  it('should let the one who has a name exactly keep it, then the oldest', () => {
    expect(assign('ANA', 'Ana', 'ana', 'ana')).toEqual(['ana-2', 'ana-3', 'ana', 'ana-4']);
    expect(assign('Bia', 'BIA')).toEqual(['bia', 'bia-2']);
  });

  it('should not give a number that somebody has as a name', () => {
    expect(assign('ana', 'ana', 'ana-2', 'ana')).toEqual(['ana', 'ana-3', 'ana-2', 'ana-4']);
  });

  it.each([
    ['joão silva', 'joao.silva'],
    ['  José  ', 'jose'],
    ['Straße Łódź Ærø', 'strasse.lodz.aero'],
    ['ａｎａ', 'ana'],
    ['maria+1@exemplo.com.br', 'maria.1@exemplo.com.br'],
    ['日本', 'user-1'],
    ['', 'user-1'],
    ['x', 'user-1'],
    ['---', '---'],
    ['é!', 'user-1'],
    [null, 'user-1'],
  ])('should spell %j in the characters of a username', (old, name) => {
    expect(assign(old)).toEqual([name]);
  });

  it('should give those who are spelt alike a number, after those who have the name', () => {
    expect(assign('joão', 'joao', 'joâo')).toEqual(['joao-2', 'joao', 'joao-3']);
    expect(assign('日本', 'user-1')).toEqual(['user-1-2', 'user-1']);
  });

  it('should keep every name allowed and different, however long they are', () => {
    const names = assign(
      ...Array.from({ length: 120 }, (_, at) => (at % 2 ? 'á' : 'a').repeat(300)),
    );
    expect(new Set(names).size).toBe(120);
    expect(names.filter((name) => !isUsername(name))).toEqual([]);
  });
});

describe(isSameName.name, () => {
  it('should be so when what was typed before still leads there', () => {
    expect(isSameName(' Ana', 'ana')).toBe(true);
    expect(isSameName('João', 'joao')).toBe(false);
    expect(isSameName(null, 'user-1')).toBe(false);
  });
});
