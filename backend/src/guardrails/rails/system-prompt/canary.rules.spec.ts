import { describe, expect, it } from '@jest/globals';
import { FormTable } from './canary.rules.js';

/** Where forms end in a text, and how much of its end may become one, by looking at all of them. */
function plainly(forms: readonly string[], text: string) {
  return [...text].map((_, at) => {
    const upTo = text.slice(0, at + 1);
    const ended = forms.filter((form) => upTo.endsWith(form)).map(({ length }) => length);
    const begun = forms.flatMap((form) =>
      Array.from({ length: form.length - 1 }, (__, length) => ({
        of: form.length,
        length: length + 1,
      })).filter(({ length }) => upTo.endsWith(form.slice(0, length))),
    );
    return {
      ended: Math.max(0, ...ended),
      begun: Math.max(0, ...begun.map(({ length }) => length)),
      half: begun.some(({ length, of }) => length * 2 >= of),
    };
  });
}

/** Texts of few letters, in which forms overlap. */
function texts(count: number): string[] {
  let seed = 7;
  const letter = () => {
    seed = (seed * 48271) % 2147483647;
    return 'ab0z'.charAt(seed % 4);
  };
  return Array.from({ length: count }, () => Array.from({ length: 60 }, letter).join(''));
}

describe(FormTable.name, () => {
  it.each([
    [['abab', 'ba0b', 'b0']],
    [['aaaa', 'aab', 'z']],
    [['ab', 'abz', 'bz0a']],
    [['zzab', 'abzz', '0000']],
    [[]],
  ])('should tell of %j what looking for each would', (forms: string[]) => {
    const table = new FormTable(forms);
    for (const text of texts(200)) {
      let state = 0;
      const told = Array.from(text, (sign) => {
        state = table.after(state, sign.charCodeAt(0));
        return {
          ended: table.endedAt(state),
          begun: table.begunAt(state),
          half: table.isHalf(state),
        };
      });
      expect(told).toEqual(plainly(forms, text));
    }
  });
});
