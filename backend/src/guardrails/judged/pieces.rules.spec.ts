import { describe, expect, it } from '@jest/globals';
import { type JudgedVerdict, PASSED } from './judged-rail.js';
import { piecesOf, together, TooLongToJudge } from './pieces.rules.js';

const SIZE = { longest: 10, overlap: 3, most: 4 };

describe(piecesOf, () => {
  it.each([0, 1, 9, 10, 11, 17, 18, 24, 31])('should hold all of %i characters', (length) => {
    const text = 'abcdefghijklmnopqrstuvwxyzabcdefgh'.slice(0, length);
    const pieces = piecesOf(text, SIZE);
    const rebuilt = pieces.reduce((all, { start, text: piece }) => all.slice(0, start) + piece, '');
    expect(rebuilt).toBe(text);
    expect(pieces.every((piece) => piece.text.length <= SIZE.longest)).toBe(true);
  });

  it('should hold whole what is no longer than the overlap, wherever it stands', () => {
    for (let at = 0; at < 20; at += 1) {
      const text = `${'-'.repeat(at)}abc${'-'.repeat(20 - at)}`;
      expect(piecesOf(text, SIZE).some((piece) => piece.text.includes('abc'))).toBe(true);
    }
  });

  it('should cut no character of two units in two', () => {
    for (let at = 0; at < 10; at += 1) {
      const pieces = piecesOf(`${'-'.repeat(at)}😀😀😀😀😀😀`, { ...SIZE, most: 9 });
      expect(pieces.every((piece) => piece.text.isWellFormed())).toBe(true);
    }
  });

  it('should refuse a text of more pieces than are judged', () => {
    expect(() => piecesOf('x'.repeat(32), SIZE)).toThrow(TooLongToJudge);
  });
});

describe(together, () => {
  const mask = (start: number): JudgedVerdict => ({
    action: 'mask',
    rules: ['EMAIL'],
    spans: [{ rule: 'EMAIL', start, end: start + 2, kind: 'EMAIL' }],
  });
  const block: JudgedVerdict = { action: 'block', rules: ['topic'], spans: [] };
  const at = (start: number, verdict: JudgedVerdict) => ({ piece: { start, text: '' }, verdict });

  it('should be the strictest that was said', () => {
    expect(together([at(0, PASSED), at(7, mask(1)), at(14, block)])).toEqual(block);
    expect(together([at(0, PASSED)])).toEqual(PASSED);
  });

  it('should say where in the text, and of what lies in an overlap once', () => {
    const { spans } = together([at(0, mask(8)), at(7, mask(1)), at(7, mask(4))]);
    expect(spans.map(({ start, end }) => [start, end])).toEqual([
      [8, 10],
      [11, 13],
    ]);
  });
});
