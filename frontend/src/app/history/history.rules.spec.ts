import type { Conversation } from '../api/contract';
import { groupOf, mergeFirstPage, toRows, withConversation } from './history.rules';
import { cutSnippet } from './snippet.rules';

const NOW = new Date(2026, 10, 20, 9, 0);

const conversation = (id: number, updated: Date, pinned: Date | null = null): Conversation => ({
  id,
  title: `Conversa ${id}`,
  status: 'online',
  pinnedAt: pinned?.toISOString() ?? null,
  deletedAt: null,
  leafPostId: null,
  branchedFrom: null,
  instructions: null,
  model: null,
  updatedAt: updated.toISOString(),
  createdAt: updated.toISOString(),
});

describe(groupOf.name, () => {
  it.each([
    [new Date(2026, 10, 20, 0, 1), 'today'],
    [new Date(2026, 10, 21, 0, 1), 'today'],
    [new Date(2026, 10, 19, 23, 59), 'yesterday'],
    [new Date(2026, 10, 18, 12, 0), 'week'],
    [new Date(2026, 10, 13, 0, 0), 'week'],
    [new Date(2026, 10, 12, 23, 59), 'month'],
  ])('should put %s under %s', (time, kind) => {
    expect(groupOf(conversation(1, time), NOW).kind).toBe(kind);
  });

  it('should put what is pinned first, however old', () => {
    expect(groupOf(conversation(1, new Date(2020, 0, 1), NOW), NOW).kind).toBe('pinned');
  });

  it('should tell the same month of two years apart', () => {
    const rows = toRows(
      [conversation(1, new Date(2025, 8, 2)), conversation(2, new Date(2024, 8, 2))],
      NOW,
    );
    expect(rows.filter((row) => row.kind === 'heading')).toHaveLength(2);
  });
});

describe(toRows.name, () => {
  it('should put one heading before each group', () => {
    const rows = toRows(
      [
        conversation(1, NOW, NOW),
        conversation(2, NOW),
        conversation(3, NOW),
        conversation(4, new Date(2026, 10, 19)),
      ],
      NOW,
    );
    expect(rows.map((row) => row.key)).toEqual([
      'h-pinned',
      'c-1',
      'h-today',
      'c-2',
      'c-3',
      'h-yesterday',
      'c-4',
    ]);
  });
});

describe(mergeFirstPage.name, () => {
  const [a, b, c, d] = [4, 3, 2, 1].map((day) => conversation(day, new Date(2026, 10, day)));

  it('should drop what another tab deleted and keep the older pages', () => {
    const known = [a, b, c, d].filter((one) => one !== undefined);
    const page = [a, c].filter((one) => one !== undefined);
    expect(mergeFirstPage(known, page, false).map(({ id }) => id)).toEqual([4, 2, 1]);
  });

  it('should be the page alone when that is all there is', () => {
    const known = [a, b, c, d].filter((one) => one !== undefined);
    expect(mergeFirstPage(known, [], true)).toEqual([]);
  });
});

describe(withConversation.name, () => {
  it('should move a conversation to its new place', () => {
    const old = conversation(1, new Date(2026, 10, 1));
    const known = [conversation(2, NOW), old];
    const after = withConversation(known, { ...old, pinnedAt: NOW.toISOString() });
    expect(after.map(({ id }) => id)).toEqual([1, 2]);
  });
});

describe(cutSnippet.name, () => {
  it('should cut at the hits', () => {
    expect(cutSnippet({ text: 'o coração bate', hits: [[2, 9]] })).toEqual([
      { text: 'o ', hit: false },
      { text: 'coração', hit: true },
      { text: ' bate', hit: false },
    ]);
  });

  it.each([
    [[[5, 2]]],
    [[[0, 99]]],
    [
      [
        [0, 4],
        [2, 6],
      ],
    ],
    [[[-3, 2]]],
    [[[]]],
  ])('should show the whole text whatever the ranges say: %j', (hits) => {
    const pieces = cutSnippet({ text: 'texto todo', hits });
    expect(pieces.map(({ text }) => text).join('')).toBe('texto todo');
  });
});
