import { describe, expect, it } from '@jest/globals';
import { rotationMove } from './refresh-rotation.rules.js';

const usedAt = new Date('2026-11-20T12:00:00.000Z');
const later = (ms: number) => new Date(usedAt.getTime() + ms);

describe(rotationMove.name, () => {
  it('should give a fresh token a successor', () => {
    expect(rotationMove({ usedAt: null, successorUnused: false }, later(0))).toBe('rotate');
  });

  it.each([
    [0, true, 'repeat'],
    [30_000, true, 'repeat'],
    [30_001, true, 'theft'],
    [0, false, 'theft'],
  ] as const)(
    'should take a second use after %i ms, successor unused: %s, for %s',
    (ms, unused, move) => {
      expect(rotationMove({ usedAt, successorUnused: unused }, later(ms))).toBe(move);
    },
  );
});
