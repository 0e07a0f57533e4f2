import { describe, expect, it } from '@jest/globals';
import { estimateTokens, MESSAGE_OVERHEAD } from '../llm/tokens.rules.js';
import { answerRoom, fittingSources, promptExcess, shortenedBy } from './context-window.rules.js';

const cost = (text: string) => estimateTokens(text) + MESSAGE_OVERHEAD;
describe(answerRoom.name, () => {
  it('should be what is wanted, but at most a quarter of the window', () => {
    expect(answerRoom(8000, 1000)).toBe(1000);
    expect(answerRoom(4000, 1000)).toBe(1000);
    expect(answerRoom(3999, 1000)).toBe(999);
    expect(answerRoom(512, 2048)).toBe(128);
  });
});

describe(promptExcess.name, () => {
  it('should be nothing up to the last token that fits', () => {
    const system = 'sistema '.repeat(20);
    const request = { maxOutputTokens: 10, factor: 1, system, prompt: 'agora' };
    const whole = cost(system) + cost('agora') + 10;
    expect(promptExcess({ ...request, contextWindow: whole })).toBe(0);
    expect(promptExcess({ ...request, contextWindow: whole - 1 })).toBe(1);
  });

  it('should say by how many tokens a prompt is too long', () => {
    const prompt = 'palavra '.repeat(1000);
    const request = { contextWindow: 1000, maxOutputTokens: 250, system: '', prompt };
    expect(promptExcess({ ...request, factor: 1 })).toBe(cost('') + cost(prompt) - 750);
    const more = Math.ceil(cost('') * 1.25) + Math.ceil(cost(prompt) * 1.25);
    expect(promptExcess({ ...request, factor: 1.25 })).toBe(more - 750);
  });
});

describe(fittingSources.name, () => {
  const within = (room: number) => (sizes: readonly number[]) =>
    Math.max(0, sizes.reduce((sum, size) => sum + size, 0) - room);

  it.each([
    [100, [5, 6, 7]],
    [18, [5, 6, 7]],
    [17, [5, 6]],
    [10, [5]],
    [4, []],
  ])('should keep within %i tokens the best of them', (room, kept) => {
    expect(fittingSources([5, 6, 7], within(room))).toEqual(kept);
  });

  it('should let one that is too large make room for the next', () => {
    expect(fittingSources([50, 6, 7], within(10))).toEqual([6]);
  });
});

describe(shortenedBy.name, () => {
  it('should keep the end, and as much of it as it may', () => {
    const text = Array.from({ length: 100 }, (_, n) => `palavra${String(n)} `).join('');
    const tokens = estimateTokens(text);
    const end = shortenedBy(text, 50);
    expect(text.endsWith(end)).toBe(true);
    expect(estimateTokens(end)).toBeLessThanOrEqual(tokens - 50);
    expect(estimateTokens(end)).toBeGreaterThanOrEqual(tokens - 55);
  });

  it('should cut no character in two', () => {
    for (let tokens = 0; tokens < 12; tokens += 1) {
      expect(shortenedBy('😀😀😀😀', tokens).isWellFormed()).toBe(true);
    }
  });

  it('should leave nothing of a text that is shorter', () => {
    expect(shortenedBy('curto', 100)).toBe('');
  });
});
