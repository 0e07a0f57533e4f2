import { describe, expect, it } from '@jest/globals';
import { agrees, type LedgerCall, reconcile, type TracedCall } from './reconcile.rules.js';
import { reportOf } from './report.rules.js';

const RUN = 'a'.repeat(32);
const AT = new Date('2026-11-20T12:00:00Z');

const aRow = (change: Partial<LedgerCall> = {}): LedgerCall => ({
  id: 7,
  runId: RUN,
  purpose: 'answer',
  model: 'openai/gpt-4o-mini',
  outcome: 'done',
  openedAt: AT,
  isOpen: false,
  traceId: '01a1fed7-887b-714d-b914-00185508c444',
  promptTokens: 100,
  completionTokens: 10,
  costNanoUsd: 21_000,
  ...change,
});

const aRun = (change: Partial<TracedCall> = {}): TracedCall => ({
  runId: RUN,
  usageId: 7,
  traceId: '01a1fed7-887b-714d-b914-00185508c444',
  model: 'gpt-4o-mini',
  startedAt: AT,
  promptTokens: 100,
  completionTokens: 10,
  costNanoUsd: 21_000,
  ...change,
});

const side = <Call>(ofTheDay: readonly Call[], nearby: readonly Call[] = []) => ({
  ofTheDay,
  nearby,
});

describe(reconcile.name, () => {
  it('should find the same call on both sides equal', () => {
    const result = reconcile(side([aRow()]), side([aRun()]));
    expect(result).toMatchObject({ equal: 1, different: [], onlyInLedger: [] });
    expect(agrees(result)).toBe(true);
  });

  it.each([
    ['tokens in', { promptTokens: 101 }],
    ['tokens out', { completionTokens: 11 }],
    ['cost', { costNanoUsd: 21_001 }],
    ['cost', { costNanoUsd: null }],
  ])('should name what differs: %s', (part, change) => {
    const result = reconcile(side([aRow()]), side([aRun(change)]));
    expect(result.different.map(({ parts }) => parts)).toEqual([[part]]);
    expect(agrees(result)).toBe(false);
  });

  it('should find a price that only LangSmith knows, and none where nobody does', () => {
    const unknown = aRow({ costNanoUsd: null });
    expect(agrees(reconcile(side([unknown]), side([aRun()])))).toBe(false);
    for (const costNanoUsd of [null, 0]) {
      expect(agrees(reconcile(side([unknown]), side([aRun({ costNanoUsd })])))).toBe(true);
    }
  });

  it('should take no row of another installation for the same', () => {
    const stranger = aRun({ runId: 'b'.repeat(32) });
    const result = reconcile(side([aRow()]), side([stranger]));
    expect(result).toMatchObject({ onlyInLedger: [{ id: 7 }], onlyInLangSmith: [stranger] });
  });

  it('should find the same call where its sides lie on either side of midnight', () => {
    expect(agrees(reconcile(side([aRow()]), side([], [aRun()])))).toBe(true);
    expect(agrees(reconcile(side([], [aRow()]), side([aRun()])))).toBe(true);
  });

  it('should tell apart what was not traced and what is under way, and blame neither', () => {
    const untraced = aRow({ id: 1, traceId: null });
    const open = aRow({ id: 2, isOpen: true, outcome: null });
    const result = reconcile(side([untraced, open]), side([]));
    expect(result).toMatchObject({ untraced: [untraced], open: [open], onlyInLedger: [] });
    expect(agrees(result)).toBe(true);
  });

  it('should miss what was traced, were its conversation deleted for good', () => {
    const rows = [aRow({ id: 1 }), aRow({ id: 2, traceId: undefined })];
    const result = reconcile(side(rows), side([]));
    expect(result.onlyInLedger).toEqual(rows);
    expect(agrees(result)).toBe(false);
  });
});

describe(reportOf.name, () => {
  const compared = { day: '2026-11-20', timeZone: 'America/Sao_Paulo', project: 'prosa' };

  it('should say why the ledger has more', () => {
    const rows = [
      aRow({ id: 1 }),
      aRow({ id: 2, traceId: undefined }),
      aRow({ id: 3, outcome: 'interrupted' }),
    ];
    const lines = reportOf(reconcile(side(rows), side([])), compared).join('\n');
    expect(lines).toMatch(/#1 .*trace 01a1fed7-\S+ did not arrive/);
    expect(lines).toMatch(/#2 .*deleted for good/);
    expect(lines).toMatch(/#3 .*ended before it sent/);
  });

  it('should count what it does not list', () => {
    const rows = Array.from({ length: 60 }, (_, id) => aRow({ id }));
    const lines = reportOf(reconcile(side(rows), side([])), compared);
    expect(lines.filter((line) => line.startsWith('  #'))).toHaveLength(50);
    expect(lines).toContain('  and 10 more');
    // 60 calls of 21 millionths of a dollar.
    expect(lines.join('\n')).toMatch(/^ledger +60 +6000 +600 +0\.001260000$/m);
  });
});
