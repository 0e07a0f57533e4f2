import { describe, expect, it } from '@jest/globals';
import { normalUsername, requireUsername } from './username.rules.js';

describe(requireUsername.name, () => {
  it.each([
    ['  Ana ', 'ana'],
    ['ＡＮＡ', 'ana'],
    ['ana.luiza_2-x@exemplo.com.br', 'ana.luiza_2-x@exemplo.com.br'],
    ['ab', 'ab'],
    ['a'.repeat(64), 'a'.repeat(64)],
  ])('should take %j for %j', (typed, name) => {
    expect(requireUsername(typed)).toBe(name);
  });

  it.each([
    '',
    'a',
    'a'.repeat(65),
    'ana maria',
    'josé',
    'аnа',
    'ana\u0000',
    'ana\nb',
    "a' OR 1=1",
  ])('should refuse %j', (typed) => {
    expect(() => requireUsername(typed)).toThrow('USER.USERNAME_INVALID');
  });
});

describe(normalUsername.name, () => {
  it('should bring what is typed differently to the same form', () => {
    expect(normalUsername('\tMARIA\u00A0')).toBe('maria');
  });
});
