import { describe, expect, it } from '@jest/globals';
import { titleOf } from './title.rules.js';

describe(titleOf.name, () => {
  it.each([
    ['olá', 'olá'],
    ['  muitos   espaços\taqui  ', 'muitos espaços aqui'],
    ['\n\n---\nA primeira linha com palavras\nA segunda', 'A primeira linha com palavras'],
    ['# Um título', 'Um título'],
    ['> - `código` primeiro', 'código` primeiro'],
    ['???', '???'],
    ['***', '***'],
    ['---\n***', '--- ***'],
    ['🙂', '🙂'],
  ])('should make of %j %j', (prompt, title) => {
    expect(titleOf(prompt)).toBe(title);
  });

  it('should keep sixty characters and cut the sixty-first at a word', () => {
    const sixty = `${'palavra '.repeat(7)}fim!`;
    expect(titleOf(sixty)).toBe(sixty);
    const cut = titleOf(`${sixty} mais`);
    expect(cut).toBe(`${'palavra '.repeat(7).trimEnd()}…`);
    expect(Array.from(cut).length).toBeLessThanOrEqual(60);
  });

  it('should cut one long word where it must', () => {
    expect(titleOf('x'.repeat(200))).toBe(`${'x'.repeat(59)}…`);
  });

  it('should cut no character in half', () => {
    const title = titleOf('🙂'.repeat(100));
    expect(title.isWellFormed()).toBe(true);
    expect(Array.from(title)).toHaveLength(60);
  });
});
