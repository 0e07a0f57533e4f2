import { describe, expect, it } from '@jest/globals';
import { GrowingText } from './growing-text.js';

describe(GrowingText.name, () => {
  it.each([0, 1, 15, 16, 17, 1000])(
    'should be the joined pieces, of which there are %i',
    (count) => {
      const pieces = Array.from({ length: count }, (_, at) => `${String(at)} é 👋 `);
      const text = new GrowingText('antes ');
      for (const piece of pieces) text.add(piece);
      const whole = `antes ${pieces.join('')}`;
      expect(text.length).toBe(whole.length);
      expect(text.toString()).toBe(whole);
    },
  );

  it('should go on growing after it was read', () => {
    const text = new GrowingText();
    const read: string[] = [];
    for (const piece of ['a', '', 'b', 'c']) {
      text.add(piece);
      read.push(text.toString());
    }
    expect(read).toEqual(['a', 'a', 'ab', 'abc']);
    expect(text.length).toBe(3);
  });
});
