import { describe, expect, it } from '@jest/globals';
import { idWithin, timeOf, uuid7 } from './trace-id.rules.js';

const BITS = '0123456789abcdef0123456789abcdef';
const SHAPE = /^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;
const TIME = Date.parse('2026-11-20T12:00:00.123Z');

describe(uuid7.name, () => {
  it('should be a UUID of version 7 that tells its time', () => {
    for (const digit of '0123456789abcdef') {
      expect(uuid7(TIME, BITS.replace('3', digit))).toMatch(SHAPE);
    }
    expect(timeOf(uuid7(TIME, BITS))).toBe(TIME);
  });

  it('should sort by time', () => {
    expect(uuid7(TIME, BITS) < uuid7(TIME + 1, BITS)).toBe(true);
  });
});

describe(idWithin.name, () => {
  const traceId = uuid7(TIME, BITS);
  it('should be the same for the same name, and only for that', () => {
    expect(idWithin(traceId, 'thumb')).toMatch(SHAPE);
    expect(idWithin(traceId, 'thumb')).toBe(idWithin(traceId, 'thumb'));
    expect(idWithin(traceId, 'step 1')).not.toBe(idWithin(traceId, 'step 2'));
    expect(idWithin(uuid7(TIME, `f${BITS}`), 'thumb')).not.toBe(idWithin(traceId, 'thumb'));
    expect(timeOf(idWithin(traceId, 'step 1', TIME + 5))).toBe(TIME + 5);
  });
});
