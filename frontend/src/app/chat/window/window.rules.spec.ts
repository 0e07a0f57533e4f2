import { aContextUse } from '../../../testing/samples';
import type { ContextUse, LeftReason } from '../../api/contract';
import {
  boundaryOf,
  figuresOf,
  keptCounts,
  leftCounts,
  levelOf,
  markOf,
  pauseBefore,
  roomierModels,
  sameQuestion,
  stillExceeds,
  TYPING_PAUSE_MS,
  windowView,
} from './window.rules';

const left = (reason: LeftReason, ...ids: number[]): ContextUse['left'] =>
  ids.map((postId) => ({ postId, reason }));

/** Posts 10 to 1; the window begins with 8, 3 is pinned, 5 relevant, 9 was never finished. */
const FULL = aContextUse({
  begins: 8,
  kept: [
    { postId: 5, reason: 'relevant' },
    { postId: 3, reason: 'pinned' },
  ],
  left: [...left('unfinished', 9), ...left('window', 7, 6, 4), ...left('blocked', 2)],
  leftOlder: 1,
});

describe(markOf.name, () => {
  const view = windowView(FULL, 10);

  it.each([
    [10, { sent: true, because: null }],
    [9, { sent: false, because: 'unfinished' }],
    [8, { sent: true, because: null }],
    [7, { sent: false, because: 'window' }],
    [5, { sent: true, because: 'relevant' }],
    [3, { sent: true, because: 'pinned' }],
    [2, { sent: false, because: 'blocked' }],
  ])('should say what becomes of post %d', (id, expected) => {
    expect(markOf(view, id)).toEqual(expected);
  });

  it('should give a post too old to be listed the reason of the oldest that just lies behind', () => {
    expect(markOf(view, 1)).toEqual({ sent: false, because: 'window' });
    const fresh = windowView({ ...FULL, left: left('freshStart', 7, 6) }, 10);
    expect(markOf(fresh, 1)).toEqual({ sent: false, because: 'freshStart' });
  });

  it('should say nothing of a post that is newer than what was asked about, or has no id yet', () => {
    expect(markOf(view, 11)).toBeNull();
    expect(markOf(view, 0)).toBeNull();
  });

  it('should leave everything out that is not listed where nothing is sent', () => {
    const none = windowView({ ...FULL, begins: null }, 10);
    expect(markOf(none, 8)).toEqual({ sent: false, because: 'window' });
    expect(markOf(none, 3)).toEqual({ sent: true, because: 'pinned' });
  });
});

describe(boundaryOf.name, () => {
  const boundary = (use: Partial<ContextUse>) => boundaryOf(windowView(aContextUse(use), 10));

  it('should stand before the oldest post that is sent without a gap', () => {
    expect(boundaryOf(windowView(FULL, 10))).toEqual({ before: 8, exceptions: true });
    expect(boundary({ begins: 8, left: left('window', 7) })).toEqual({
      before: 8,
      exceptions: false,
    });
  });

  it('should be nowhere while everything is sent that can be', () => {
    expect(boundary({ begins: 1 })).toBeNull();
    expect(boundary({ begins: 2, left: left('unfinished', 9, 1) })).toBeNull();
    expect(boundary({ begins: null, left: left('blocked', 10) })).toBeNull();
  });

  it('should be nowhere beside a fresh start, which has its own line', () => {
    expect(boundary({ begins: 8, left: left('freshStart', 7, 6) })).toBeNull();
    expect(
      boundary({ begins: 9, left: [...left('window', 8), ...left('freshStart', 7)] }),
    ).not.toBeNull();
  });

  it('should stand below all posts where none is sent', () => {
    expect(boundary({ begins: null, left: left('window', 10, 9) })?.before).toBeNull();
  });

  it('should show where a summary takes the place of posts', () => {
    const summary = { id: 4, postId: 7, posts: 7, tokens: 90 };
    expect(boundary({ begins: 8, left: left('summary', 7), summary })?.before).toBe(8);
  });
});

describe(figuresOf.name, () => {
  it('should split the window, and count fullness by the room that is not for the answer', () => {
    const figures = figuresOf(aContextUse({ limit: 8000, used: 3000, reserved: 2000 }));
    expect(figures).toMatchObject({ free: 3000, share: 0.5 });
  });

  it('should never be fuller than full', () => {
    const figures = figuresOf(aContextUse({ limit: 1000, used: 1500, reserved: 250, excess: 750 }));
    expect(figures).toMatchObject({ free: 0, share: 1, excess: 750 });
  });
});

describe(levelOf.name, () => {
  it.each([
    ['plain', {}],
    ['plain', { left: left('unfinished', 3) }],
    ['plain', { left: left('freshStart', 3), leftOlder: 40 }],
    ['plain', { left: left('summary', 3) }],
    ['left', { left: left('window', 3) }],
    ['exceeded', { left: left('window', 3), excess: 1 }],
  ] as const)('should be %s', (expected, use) => {
    expect(levelOf(aContextUse(use))).toBe(expected);
  });
});

describe(leftCounts.name, () => {
  it('should count by reason, and those too old to be listed with the oldest listed', () => {
    expect(leftCounts({ ...FULL, leftOlder: 40 })).toEqual([
      { reason: 'window', count: 43 },
      { reason: 'unfinished', count: 1 },
      { reason: 'blocked', count: 1 },
    ]);
    expect(keptCounts(FULL)).toEqual([
      { reason: 'pinned', count: 1 },
      { reason: 'relevant', count: 1 },
    ]);
  });
});

describe(pauseBefore.name, () => {
  const question = { conversationId: 1, parentId: 2, prompt: 'Oi', model: 'a/b' };

  it('should wait only for somebody who is typing', () => {
    expect(pauseBefore(question, null)).toBe(0);
    expect(pauseBefore({ ...question, prompt: 'Oi!' }, question)).toBe(TYPING_PAUSE_MS);
    expect(pauseBefore({ ...question, prompt: '' }, question)).toBe(0);
    expect(pauseBefore({ ...question, model: 'a/c' }, question)).toBe(0);
    expect(pauseBefore({ ...question, prompt: 'Oi!', parentId: 3 }, question)).toBe(0);
  });
});

describe(sameQuestion.name, () => {
  const question = { conversationId: 1, parentId: 2, prompt: 'Oi', model: 'a/b' };

  it('should see every difference that changes the figures', () => {
    expect(sameQuestion(question, { ...question })).toBe(true);
    expect(sameQuestion(null, null)).toBe(true);
    expect(sameQuestion(question, null)).toBe(false);
    for (const change of [{ conversationId: 3 }, { parentId: 3 }, { prompt: '' }, { model: 'c' }]) {
      expect(sameQuestion(question, { ...question, ...change })).toBe(false);
    }
  });
});

describe(stillExceeds.name, () => {
  it('should hold for the prompt asked about and for a longer one, not for a shorter', () => {
    expect(stillExceeds(5, 'abc', 'abc')).toBe(true);
    expect(stillExceeds(5, 'abc', 'abcd')).toBe(true);
    expect(stillExceeds(5, 'abc', 'ab')).toBe(false);
    expect(stillExceeds(0, 'abc', 'abc')).toBe(false);
  });
});

describe(roomierModels.name, () => {
  it('should offer those that have room beside the longest answer, the smallest first', () => {
    const model = (contextWindow: number, available = true) => ({ contextWindow, available });
    const [large, enough, scarce] = [model(200_000), model(8000), model(7999)];
    expect(roomierModels([large, scarce, model(9000, false), enough], 6000)).toEqual([
      enough,
      large,
    ]);
  });
});
