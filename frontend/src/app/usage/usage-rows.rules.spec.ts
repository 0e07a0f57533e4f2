import { usageRow } from '../../testing/samples';
import { addUp, costKnowledge, groupsOf, measureOf } from './usage-rows.rules';

describe(addUp.name, () => {
  it('should add up what is known and count what is not', () => {
    const rows = [
      usageRow({ costUsd: 0.25, cachedTokens: 5 }),
      usageRow({ costUsd: null, unpricedCalls: 1, estimatedCalls: 1 }),
      usageRow({ calls: 3, costUsd: 0.5 }),
    ];
    expect(addUp(rows)).toEqual({
      calls: 5,
      promptTokens: 300,
      cachedTokens: 5,
      completionTokens: 30,
      estimatedCalls: 1,
      costUsd: 0.75,
      unpricedCalls: 1,
    });
  });
});

describe(groupsOf.name, () => {
  it('should tell people apart by their id, not by the name they had', () => {
    const rows = [
      usageRow({ userId: 1, username: 'ana', day: '2026-11-01' }),
      usageRow({ userId: 2, username: 'ana', day: '2026-11-01' }),
      usageRow({ userId: 1, username: 'ana', day: '2026-11-02' }),
    ];
    const groups = groupsOf(rows, 'person');
    expect(groups.map(({ key, name, figures }) => [key, name, figures.calls])).toEqual([
      ['1', 'ana', 2],
      ['2', 'ana', 1],
    ]);
  });

  it('should add up a model over its days and providers', () => {
    const rows = [
      usageRow({ model: 'openai/a', provider: 'openai' }),
      usageRow({ model: 'openai/b', provider: 'openai' }),
      usageRow({ model: 'openai/a', provider: 'azure' }),
    ];
    const groups = groupsOf(rows, 'model');
    expect(groups.map(({ key, figures }) => [key, figures.promptTokens])).toEqual([
      ['openai/a', 200],
      ['openai/b', 100],
    ]);
  });
});

describe(costKnowledge.name, () => {
  it.each([
    [{ calls: 3, costUsd: 0.5, unpricedCalls: 0 }, 'exact'],
    [{ calls: 3, costUsd: 0, unpricedCalls: 0 }, 'exact'],
    [{ calls: 3, costUsd: 0.5, unpricedCalls: 1 }, 'atLeast'],
    [{ calls: 3, costUsd: null, unpricedCalls: 3 }, 'unknown'],
    // Sums of ours begin at 0: calls without any price are unknown all the same.
    [{ calls: 3, costUsd: 0, unpricedCalls: 3 }, 'unknown'],
    [{ calls: 0, costUsd: 0, unpricedCalls: 0 }, 'exact'],
  ])('should say of %j: %s', (figures, knowledge) => {
    expect(costKnowledge(usageRow(figures))).toBe(knowledge);
  });
});

describe(measureOf.name, () => {
  it('should not count cached tokens twice: they are part of the prompt', () => {
    expect(measureOf(usageRow({ cachedTokens: 90 }), 'tokens')).toBe(110);
  });
});
