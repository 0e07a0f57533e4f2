import { describe, expect, it } from '@jest/globals';
import { continuation, MOST_IN_MEMORY, mustSpool } from './spool.rules.js';

describe(mustSpool.name, () => {
  it('should leave a short break of the connection to memory', () => {
    expect(mustSpool({ behindMs: 1999, characters: 500 })).toBe(false);
    expect(mustSpool({ behindMs: 2000, characters: 500 })).toBe(true);
  });

  it('should not let much text wait', () => {
    expect(mustSpool({ behindMs: 0, characters: MOST_IN_MEMORY })).toBe(false);
    expect(mustSpool({ behindMs: 0, characters: MOST_IN_MEMORY + 1 })).toBe(true);
  });

  it('should write nothing where there is nothing new', () => {
    expect(mustSpool({ behindMs: 60_000, characters: 0 })).toBe(false);
  });
});

describe(continuation.name, () => {
  it.each([
    ['the next text', 'abc', { start: 3, text: 'def' }, 'def'],
    ['a text of which a part is stored', 'abcd', { start: 2, text: 'cdef' }, 'ef'],
    ['a text that is stored', 'abcdef', { start: 2, text: 'cd' }, ''],
    ['a whole body', 'abc', { start: 0, text: 'abcdef' }, 'def'],
    ['the first text', '', { start: 0, text: 'abc' }, 'abc'],
  ])('should add what is missing of %s', (_, stored, shown, rest) => {
    expect(continuation(stored, shown)).toBe(rest);
  });

  it.each([
    ['a text behind a hole', 'abc', { start: 4, text: 'ef' }],
    ['a text of another body', 'abxd', { start: 2, text: 'cdef' }],
    ['a text whose body goes on otherwise', 'abcxyz', { start: 0, text: 'abcd' }],
  ])('should add nothing of %s', (_, stored, shown) => {
    expect(continuation(stored, shown)).toBeUndefined();
  });
});
