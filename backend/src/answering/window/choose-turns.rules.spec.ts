import { describe, expect, it } from '@jest/globals';
import { randomNumbers } from '../../../test/fakes/random-numbers.js';
import { chooseTurns, NEWEST_SHARE, tokensOf, turnTokens } from './choose-turns.rules.js';
import { tellWindow, toldSystem, turnMessages } from './tell-window.rules.js';
import { type Branch, NO_BRANCH, type SummaryText, type Turn } from './turn.js';
import { MARK_TOKENS, NOTE_TOKENS } from './window-notes.rules.js';

const aTurn = (postId: number, more: Partial<Turn> = {}): Turn => ({
  postId,
  prompt: 'pergunta',
  answer: 'resposta',
  answerTokens: null,
  state: 'complete',
  ...more,
});
const COST = turnTokens(aTurn(1), 1);
const long = (postId: number) => aTurn(postId, { answer: 'muito longa '.repeat(50) });

/** A branch of so many turns, all of them loaded. */
const aBranch = (turns: readonly Turn[], more: Partial<Branch> = {}): Branch => {
  const newest = [...turns].sort((a, b) => b.postId - a.postId);
  return { ...NO_BRANCH, ids: newest.map(({ postId }) => postId), newest, ...more };
};
const turnsUpTo = (last: number) => Array.from({ length: last }, (_, n) => aTurn(n + 1));
const idsOf = (turns: readonly Turn[]) => turns.map(({ postId }) => postId);
const chosenIds = (branch: Branch, room: number) => idsOf(chooseTurns(branch, room, 1).turns);

describe(chooseTurns.name, () => {
  it('should send everything that fits, oldest first, to the last token', () => {
    const branch = aBranch(turnsUpTo(3));
    expect(chosenIds(branch, 3 * COST)).toEqual([1, 2, 3]);
    expect(chooseTurns(branch, 3 * COST, 1)).toMatchObject({ used: 3 * COST, told: false });
  });

  it('should send the newest where one token is missing, and say so', () => {
    const branch = aBranch(turnsUpTo(30));
    const chosen = chooseTurns(branch, 30 * COST - 1, 1);
    expect(idsOf(chosen.turns)).toEqual(idsOf(turnsUpTo(30)).slice(-chosen.turns.length));
    expect(chosen.turns.length).toBeGreaterThan(15);
    expect(chosen).toMatchObject({ told: true });
    expect(chosen.used).toBe(NOTE_TOKENS + chosen.turns.length * COST);
  });

  it('should send nothing at all where there is no room for it', () => {
    expect(chooseTurns(aBranch([long(1)]), 10, 1)).toMatchObject({ turns: [], used: 0 });
    expect(chooseTurns(aBranch([long(1)]), 0, 1)).toMatchObject({ turns: [], told: false });
  });

  it('should leave out what is blocked or unfinished without ending there', () => {
    const turns = [
      aTurn(3),
      aTurn(2, { state: 'unfinished' }),
      aTurn(1),
      aTurn(4, { state: 'blocked' }),
    ];
    expect(chosenIds(aBranch(turns), 2 * COST)).toEqual([1, 3]);
    expect(
      chosenIds(aBranch(turns, { pinned: [aTurn(2, { state: 'unfinished' })] }), 5_000),
    ).toEqual([1, 3]);
  });

  it('should keep an old pinned turn before any newer one', () => {
    const branch = aBranch(turnsUpTo(40), { pinned: [aTurn(1)] });
    const room = NOTE_TOKENS + COST + MARK_TOKENS;
    expect(chosenIds(branch, room)).toEqual([1]);
    expect(chosenIds(branch, room + 2 * COST)).toEqual([1, 39, 40]);
  });

  it('should keep of the pinned ones the newest that fit', () => {
    const pinned = [long(9), aTurn(5), aTurn(2)];
    const branch = aBranch(turnsUpTo(40), { pinned });
    expect(chosenIds(branch, NOTE_TOKENS + 2 * (COST + MARK_TOKENS))).toEqual([2, 5]);
  });

  it('should send pinned turns from before a fresh start', () => {
    const all = turnsUpTo(6);
    const branch = aBranch(all, { freshStart: 4, newest: [all[5]!, all[4]!], pinned: [aTurn(2)] });
    expect(chosenIds(branch, 100 * COST)).toEqual([2, 5, 6]);
    expect(toldSystem('S', branch, chooseTurns(branch, 100 * COST, 1))).toBe('S');
  });

  it('should leave older turns what is a third of the newest, in the order given', () => {
    const all = turnsUpTo(100);
    const older = [aTurn(7), aTurn(3), aTurn(5), aTurn(4), aTurn(6)];
    const branch = aBranch(all, { older });
    const chosen = chooseTurns(branch, NOTE_TOKENS + 60 * COST, 1);
    const old = idsOf(chosen.turns).filter((id) => id < 10);
    const newest = chosen.turns.length - old.length;
    expect(old).toEqual([...old].sort((a, b) => a - b));
    expect(old.length).toBeGreaterThan(2);
    expect(new Set(old)).toEqual(new Set(idsOf(older).slice(0, old.length)));
    expect(old.length * (COST + MARK_TOKENS)).toBeLessThanOrEqual((newest * COST) / 3);
  });

  it('should send a summary for what it leaves out, and none where it leaves out nothing', () => {
    const summary: SummaryText = {
      id: 1,
      afterPostId: null,
      postId: 60,
      posts: 60,
      text: 'Antes.',
    };
    const branch = aBranch(turnsUpTo(100), { summary });
    const chosen = chooseTurns(branch, NOTE_TOKENS + 30 * COST, 1);
    expect(chosen.summary).toBe(summary);
    expect(toldSystem('S', branch, chosen)).toContain('<summary>\nAntes.\n</summary>');
    expect(chooseTurns(branch, 100 * COST, 1).summary).toBeNull();
    expect(chooseTurns(branch, NOTE_TOKENS + 2 * COST, 1).summary).toBeNull();
  });

  it('should count more for a model that takes more than was estimated', () => {
    const branch = aBranch(turnsUpTo(60));
    const kept = chosenIds(branch, NOTE_TOKENS + 30 * COST).length;
    expect(chooseTurns(branch, NOTE_TOKENS + 30 * COST, 1.5).turns.length).toBeLessThan(kept);
  });
});

describe('any window', () => {
  /** A tree with branches, pins, a fresh start, counts and texts of every size. */
  const aRandomBranch = (seed: number) => {
    const random = randomNumbers(seed);
    const below = (most: number) => Math.floor(random() * most);
    const length = 1 + below(60);
    const siblings = new Set(Array.from({ length: below(10) }, () => 1 + below(length)));
    const all = Array.from({ length }, (_, n) => n + 1)
      .filter((id) => !siblings.has(id))
      .map((id) =>
        aTurn(id, {
          prompt: 'p '.repeat(1 + below(40)),
          answer: 'resposta '.repeat(1 + below(below(5) === 0 ? 400 : 40)),
          answerTokens: below(2) === 0 ? null : 1 + below(300),
          state:
            (['complete', 'complete', 'complete', 'unfinished', 'blocked'] as const)[below(5)] ??
            'complete',
        }),
      );
    const ids = idsOf(all).reverse();
    const freshStart = below(4) === 0 ? (ids[below(ids.length)] ?? 0) : 0;
    const some = () => all.filter(() => below(6) === 0);
    const newest = [...all].reverse().filter(({ postId }) => postId > freshStart);
    const covered = ids[below(ids.length)] ?? 0;
    const summary: SummaryText | null =
      below(2) === 0 && covered > freshStart
        ? {
            id: 1,
            afterPostId: freshStart || null,
            postId: covered,
            posts: 3,
            text: 'resumo '.repeat(below(60)),
          }
        : null;
    const branch: Branch = {
      ...{ ids, freshStart, newest, summary },
      pinned: some().reverse(),
      older: some().filter(({ postId }) => postId > freshStart),
    };
    return { branch, siblings, below };
  };
  const CASES = Array.from({ length: 400 }, (_, seed) => seed + 1);

  it('should never be over its room, by what is then sent', () => {
    for (const seed of CASES) {
      const { branch, below } = aRandomBranch(seed);
      const room = below(3000);
      const factor = 1 + below(3) / 4;
      const chosen = chooseTurns(branch, room, factor);
      const system = toldSystem('', branch, chosen);
      const messages = turnMessages(branch, chosen);
      const counted = chosen.turns.reduce(
        (sum, turn) =>
          sum +
          turnTokens(turn, factor) -
          tokensOf(turn.prompt, factor) -
          (turn.answerTokens === null ? tokensOf(turn.answer, factor) : 0),
        0,
      );
      const estimated = messages
        .filter(
          ({ role, text }, at) =>
            role === 'user' || chosen.turns[(at - 1) / 2]?.answerTokens === null || text === '',
        )
        .reduce((sum, { text }) => sum + tokensOf(text, factor), 0);
      expect(chosen.used).toBeLessThanOrEqual(room);
      const sent = counted + estimated + (system === '' ? 0 : tokensOf(system, factor));
      // The mark stands for itself and the note, whatever numbers are in them.
      expect({ seed, over: Math.max(0, sent - room) }).toEqual({ seed, over: 0 });
    }
  });

  it('should be the same for the same input, chronological, of this branch, and complete', () => {
    for (const seed of CASES) {
      const { branch, siblings, below } = aRandomBranch(seed);
      const room = below(3000);
      const { turns } = chooseTurns(branch, room, 1);
      expect(chooseTurns(aRandomBranch(seed).branch, room, 1).turns).toEqual(turns);
      expect(idsOf(turns)).toEqual(idsOf(turns).sort((a, b) => a - b));
      expect(
        turns.filter(({ postId, state }) => siblings.has(postId) || state !== 'complete'),
      ).toEqual([]);
      const pinned = new Set(idsOf(branch.pinned));
      expect(idsOf(turns).filter((id) => id <= branch.freshStart && !pinned.has(id))).toEqual([]);
    }
  });

  it('should leave out no pinned turn that fits', () => {
    for (const seed of CASES) {
      const { branch, below } = aRandomBranch(seed);
      const room = NOTE_TOKENS + below(3000);
      const sent = new Set(idsOf(chooseTurns(branch, room, 1).turns));
      const complete = branch.pinned.filter(({ state }) => state === 'complete');
      const costOf = (turn: Turn) => turnTokens(turn, 1) + MARK_TOKENS;
      const kept = complete.filter(({ postId }) => sent.has(postId));
      const taken = kept.reduce((sum, turn) => sum + costOf(turn), NOTE_TOKENS);
      for (const turn of complete.filter(({ postId }) => !sent.has(postId))) {
        expect(taken + costOf(turn)).toBeGreaterThan(room);
      }
    }
  });

  it('should drop no turn for more room, unless that lets a pinned one in', () => {
    for (const seed of CASES) {
      const { branch, below } = aRandomBranch(seed);
      const room = below(3000);
      const before = chosenIds(branch, room);
      const after = new Set(chosenIds(branch, room + below(500)));
      const pinned = branch.pinned.filter(({ state }) => state === 'complete');
      if (pinned.some(({ postId }) => !before.includes(postId))) continue;
      expect({ seed, dropped: before.filter((id) => !after.has(id)) }).toEqual({
        seed,
        dropped: [],
      });
    }
  });

  it('should say of each post of the branch whether it is sent', () => {
    for (const seed of CASES) {
      const { branch, below } = aRandomBranch(seed);
      const chosen = chooseTurns(branch, below(3000), 1);
      const told = tellWindow(branch, chosen, new Map(), 1);
      const named = [...idsOf(chosen.turns), ...told.left.map(({ postId }) => postId)];
      expect(named.sort((a, b) => b - a)).toEqual(branch.ids);
      expect(told.kept.every(({ postId }) => postId < (told.begins ?? Infinity))).toBe(true);
    }
  });

  it('should leave the newest most of the room', () => {
    expect(NEWEST_SHARE).toBeCloseTo(3 / 4);
  });
});
