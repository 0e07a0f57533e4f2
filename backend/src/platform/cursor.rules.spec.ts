import { describe, expect, it } from '@jest/globals';
import { decodeCursor, encodeCursor } from './cursor.rules.js';

const TIME = new Date('2026-01-02T03:04:05.678Z');
const encoded = (text: string) => Buffer.from(text).toString('base64url');

describe(decodeCursor.name, () => {
  it.each(['', 'p', 'u'])('should read back what was written, in part %j', (part) => {
    const cursor = { part, time: TIME, id: 2_147_483_647 };
    expect(decodeCursor(encodeCursor(cursor), ['x', part])).toEqual(cursor);
  });

  it('should fit into an address as it is', () => {
    expect(encodeCursor({ part: 'u', time: TIME, id: 1 })).toMatch(/^[\w-]+$/);
  });

  it('should refuse the cursor of another list', () => {
    expect(() => decodeCursor(encodeCursor({ part: 'd', time: TIME, id: 1 }), ['p', 'u'])).toThrow(
      'REQUEST.INVALID',
    );
  });

  it.each([
    '',
    'nonsense',
    encoded('p.1'),
    encoded('p.x.1'),
    encoded('p.1.1.1'),
    encoded('p.-1.1'),
    encoded('p.1.-1'),
    encoded('p.253402300800000.1'),
    encoded('p.1.2147483648'),
    encoded("p.1.1' OR 1=1"),
  ])('should refuse %j', (text) => {
    expect(() => decodeCursor(text, ['p'])).toThrow('REQUEST.INVALID');
    expect(() => decodeCursor(text, [''])).toThrow('REQUEST.INVALID');
  });
});
