import { describe, expect, it } from '@jest/globals';
import { StopTexts } from './stop-texts.rules.js';

function shown(stops: readonly string[], pieces: readonly string[]): string {
  const ending = new StopTexts(stops);
  return pieces.map((piece) => ending.take(piece)).join('') + ending.rest();
}

describe(StopTexts.name, () => {
  it.each([
    ['where there are none', [], ['Olá', ', tudo'], 'Olá, tudo'],
    ['where none comes', ['###'], ['um # dois ', '## três'], 'um # dois ## três'],
    ['at one in a piece', ['###'], ['um ### dois'], 'um '],
    ['at one in several pieces', ['###'], ['um #', '#', '# dois', ' três'], 'um '],
    ['at the first of several', ['fim', '\n\n'], ['a\n', '\nb fim'], 'a'],
    ['at one that begins anew', ['aab'], ['aa', 'ab', 'c'], 'a'],
    ['at one that is all', ['Olá'], ['O', 'lá'], ''],
    ['with what was held for nothing', ['###'], ['um ##'], 'um ##'],
  ])('should show the text %s', (_, stops, pieces, text) => {
    expect(shown(stops, pieces)).toBe(text);
  });

  it('should hold back no more than may be a beginning', () => {
    const ending = new StopTexts(['###']);
    expect(ending.take('um #')).toBe('um ');
    expect(ending.take(' dois')).toBe('# dois');
    expect(ending.reached).toBe(false);
  });
});
