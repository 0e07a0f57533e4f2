import { describe, expect, it } from '@jest/globals';
import { estimateTokens, MESSAGE_OVERHEAD } from '../llm/tokens.rules.js';
import {
  answerRoom,
  fittingSources,
  fitWindow,
  promptExcess,
  shortenedBy,
  type Turn,
  type WindowRequest,
} from './context-window.rules.js';

const aTurn = (postId: number, more: Partial<Turn> = {}): Turn => ({
  postId,
  prompt: 'pergunta',
  answer: 'resposta',
  answerTokens: null,
  complete: true,
  ...more,
});

const cost = (text: string) => estimateTokens(text) + MESSAGE_OVERHEAD;
const TURN = cost('pergunta') + cost('resposta');
const FIXED = cost('sistema') + cost('agora');

/** A window that has room for so many tokens of earlier turns. */
const aRequest = (room: number, turns: readonly Turn[]): WindowRequest => ({
  contextWindow: FIXED + room + 10,
  maxOutputTokens: 10,
  factor: 1,
  system: 'sistema',
  prompt: 'agora',
  turns,
});

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

/** What is told of a window, with the turns to send. */
const fitted = (request: WindowRequest) => {
  const { context, turns } = fitWindow(request);
  return { ...context, kept: turns };
};

describe(fitWindow.name, () => {
  it('should keep less of a model that counts more than was estimated', () => {
    const turns = [aTurn(3), aTurn(2, { answerTokens: 3 }), aTurn(1)];
    const request = aRequest(3 * TURN, turns);
    expect(fitted(request).kept).toHaveLength(3);
    const { kept, used, reserved, limit } = fitted({ ...request, factor: 1.2 });
    expect(kept.map(({ postId }) => postId)).toEqual([2, 3]);
    expect(used).toBeGreaterThanOrEqual((FIXED + TURN + cost('pergunta')) * 1.2 + 3);
    expect(used + reserved).toBeLessThanOrEqual(limit);
  });

  it('should keep everything that fits, oldest first', () => {
    const window = fitted(aRequest(3 * TURN, [aTurn(3), aTurn(2), aTurn(1)]));
    expect(window.kept.map(({ postId }) => postId)).toEqual([1, 2, 3]);
    expect(window).toMatchObject({ left: [], used: FIXED + 3 * TURN, reserved: 10 });
    expect(window.used + window.reserved).toBe(window.limit);
  });

  it('should leave out the oldest when one token is missing', () => {
    const window = fitted(aRequest(3 * TURN - 1, [aTurn(3), aTurn(2), aTurn(1)]));
    expect(window.kept.map(({ postId }) => postId)).toEqual([2, 3]);
    expect(window.left).toEqual([{ postId: 1, reason: 'window' }]);
  });

  it('should leave no gap: what is older than a turn that does not fit stays out', () => {
    const long = aTurn(2, { answer: 'muito longa '.repeat(50) });
    const window = fitted(aRequest(2 * TURN, [aTurn(3), long, aTurn(1)]));
    expect(window.kept.map(({ postId }) => postId)).toEqual([3]);
    expect(window.left.map(({ postId }) => postId)).toEqual([2, 1]);
  });

  it('should skip unfinished answers without ending the choice', () => {
    const window = fitted(aRequest(2 * TURN, [aTurn(3), aTurn(2, { complete: false }), aTurn(1)]));
    expect(window.kept.map(({ postId }) => postId)).toEqual([1, 3]);
    expect(window.left).toEqual([{ postId: 2, reason: 'unfinished' }]);
  });

  it('should take the provider’s count of an answer over its own', () => {
    const counted = aTurn(1, { answerTokens: 500 });
    expect(fitted(aRequest(2 * TURN, [counted])).kept).toEqual([]);
    const request = aRequest(cost('pergunta') + 500 + MESSAGE_OVERHEAD, [counted]);
    expect(fitted(request).kept).toHaveLength(1);
  });

  it('should be empty, not wrong, where nothing fits', () => {
    const window = fitted(aRequest(0, [aTurn(1)]));
    expect(window).toMatchObject({ kept: [], used: FIXED });
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
