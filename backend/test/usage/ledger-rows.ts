import { Usage } from '#db';
import type { DataSource } from 'typeorm';

/** A closed call of the ledger. */
export type LedgerRow = Omit<Usage, 'id' | 'folded'>;

const MINUTE_MS = 60_000;

/** A call with what a test says of it. */
export function aCall(said: Partial<LedgerRow> = {}): LedgerRow {
  const openedAt = said.openedAt ?? new Date('2026-11-10T15:00:00Z');
  return {
    runId: 'f'.repeat(32),
    userId: 7,
    username: 'ana',
    conversationId: 1,
    postId: 1,
    purpose: 'answer',
    door: 'web',
    provider: 'openai',
    model: 'openai/gpt-4o-mini',
    promptTokens: 100,
    cachedTokens: null,
    completionTokens: 10,
    promptEstimate: null,
    estimated: false,
    outcome: 'done',
    costNanoUsd: 1_000,
    priceSource: 'list',
    priceAsOf: '2026-11-01',
    ttftMs: 100,
    durationMs: 1000,
    openedAt,
    closedAt: new Date(openedAt.getTime() + MINUTE_MS),
    ...said,
  };
}

/** Writes calls into the ledger, many at once. */
export async function enter(dataSource: DataSource, calls: readonly LedgerRow[]): Promise<void> {
  const AT_ONCE = 200;
  for (let at = 0; at < calls.length; at += AT_ONCE) {
    await dataSource.getRepository(Usage).insert(calls.slice(at, at + AT_ONCE));
  }
}
