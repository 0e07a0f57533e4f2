import { describe, expect, it } from '@jest/globals';
import { fromLines, toLine } from './spooled-run.js';

const of = { runId: 'a1', postId: 7, owner: 'p1' };
const first = toLine({ of });
const text = (start: number, words: string) => toLine({ text: { start, text: words } });

describe(fromLines.name, () => {
  it('should join the text of its lines, line breaks and all', () => {
    const content = first + text(5, 'um\ndois ') + text(13, 'três');
    expect(fromLines(content)).toMatchObject({ of, text: { start: 5, text: 'um\ndois três' } });
  });

  it('should leave out what was not written to its end, wherever it was cut', () => {
    const whole = first + text(0, 'um ');
    const next = text(3, 'dois');
    for (let length = 0; length < next.length; length += 1) {
      expect(fromLines(whole + next.slice(0, length))?.text?.text).toBe('um ');
    }
    expect(fromLines(whole + next)?.text?.text).toBe('um dois');
  });

  it('should end at a hole', () => {
    expect(fromLines(first + text(0, 'um ') + text(9, 'mais'))?.text?.text).toBe('um ');
  });

  it('should say nothing where not even the first line is whole', () => {
    expect(fromLines('')).toBeUndefined();
    expect(fromLines(first.slice(0, -1))).toBeUndefined();
    expect(fromLines(text(0, 'um '))).toBeUndefined();
  });

  it('should keep what the text stands on', () => {
    const standing = { route: 'knowledge', reason: 'asked', sources: [] } as const;
    const content = first + toLine({ text: { start: 0, text: 'um ', standing } }) + text(3, 'dois');
    expect(fromLines(content)?.text).toEqual({ start: 0, text: 'um dois', standing });
  });
});
