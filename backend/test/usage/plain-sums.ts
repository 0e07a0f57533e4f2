import type { UsageRowView, UsageTotal } from '../../src/usage/usage.schema.js';
import type { LedgerRow } from './ledger-rows.js';

/** What a report is asked for, and where its days begin. */
export interface Asked {
  readonly zone: string;
  readonly from: string;
  readonly to: string;
  readonly by: string;
  readonly userId?: number;
  readonly model?: string;
  readonly provider?: string;
  readonly purpose?: string;
  readonly door?: string;
}

type Sums = Pick<UsageRowView, Exclude<keyof UsageRowView, 'costUsd'>> & { nanoUsd: number };

const FILTERS = ['userId', 'model', 'provider', 'purpose', 'door'] as const;
const SORTED_BY = ['day', 'username', 'model', 'provider', 'purpose', 'door'] as const;

/** The report made the plain way: call by call, the date by the calendar of the platform. */
export function summedUp(
  calls: readonly LedgerRow[],
  asked: Asked,
): { rows: UsageRowView[]; total: UsageTotal } {
  const rows = new Map<string, Sums>();
  const total = nothing({});
  for (const call of calls) {
    const day = dayOf(asked.zone, call.openedAt);
    if (!isMeant(call, day, asked)) continue;
    const names = namesOf(call, day, asked.by.split(','));
    const key = JSON.stringify(names);
    const row = rows.get(key) ?? nothing(names);
    rows.set(key, row);
    add(row, call);
    add(total, call);
  }
  const sorted = [...rows.values()].sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
  return { rows: sorted.map(shown), total: shown(total) };
}

/** Kept, because the same calls are added up again and again. */
const days = new Map<string, string>();
const calendars = new Map<string, Intl.DateTimeFormat>();

function dayOf(timeZone: string, time: Date): string {
  const key = `${timeZone} ${time.toISOString()}`;
  const known = days.get(key);
  if (known !== undefined) return known;
  const calendar =
    calendars.get(timeZone) ?? new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' });
  calendars.set(timeZone, calendar);
  const day = calendar.format(time);
  days.set(key, day);
  return day;
}

const isMeant = (call: LedgerRow, day: string, asked: Asked): boolean =>
  call.closedAt !== null &&
  day >= asked.from &&
  day <= asked.to &&
  FILTERS.every((name) => asked[name] === undefined || asked[name] === call[name]);

function namesOf(call: LedgerRow, day: string, by: readonly string[]): Partial<UsageRowView> {
  const { userId, username, model, provider, purpose, door } = call;
  return {
    ...(by.includes('day') ? { day } : {}),
    ...(by.includes('person') ? { userId, username } : {}),
    ...(by.includes('model') ? { model } : {}),
    ...(by.includes('provider') ? { provider } : {}),
    ...(by.includes('purpose') ? { purpose } : {}),
    ...(by.includes('door') ? { door } : {}),
  };
}

const orderOf = (row: Sums): string => SORTED_BY.map((name) => row[name] ?? '').join('\n');

const nothing = (names: Partial<UsageRowView>): Sums => ({
  ...names,
  ...{ calls: 0, promptTokens: 0, cachedTokens: 0, completionTokens: 0 },
  ...{ estimatedCalls: 0, unpricedCalls: 0, nanoUsd: 0 },
});

function add(sums: Sums, call: LedgerRow): void {
  sums.calls += 1;
  sums.promptTokens += call.promptTokens ?? 0;
  sums.cachedTokens += call.cachedTokens ?? 0;
  sums.completionTokens += call.completionTokens ?? 0;
  sums.estimatedCalls += call.estimated ? 1 : 0;
  sums.unpricedCalls += call.costNanoUsd === null ? 1 : 0;
  sums.nanoUsd += call.costNanoUsd ?? 0;
}

function shown({ nanoUsd, ...sums }: Sums): UsageRowView {
  const isUnknown = sums.calls > 0 && sums.calls === sums.unpricedCalls;
  return { ...sums, costUsd: isUnknown ? null : nanoUsd / 1e9 };
}
