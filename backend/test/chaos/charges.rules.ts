import { compare, type Comparison } from '../ledger/compare.rules.ts';
import { asSaid, asShown } from './canaries/carriers.rules.ts';
import type { Evidence } from './evidence.ts';
import { pieces } from './pieces.rules.ts';
import type { ProviderCall } from './provider.ts';
import type { UsageRow } from './rows.ts';

/** Clocks are read in whole milliseconds, and rounded. */
const CLOCK_MS = 2;

const questionIn = (prompt: string): number => Number(/^caso (\d+):/.exec(prompt)?.[1]);

/**
 * Which call each row stands for: of the rows of its question and purpose, a call is that of the
 * one that was opened last before it came; nobody asks a question twice at a time. Pure.
 * @returns calls by the row's id; those of none under 0.
 */
export function callsByRow({ rows, calls }: Evidence): Map<number, ProviderCall[]> {
  const questions = new Map(rows.posts.map(({ id, prompt }) => [id, questionIn(prompt)]));
  const groups = Map.groupBy(
    rows.usage,
    ({ postId, purpose }) => `${String(questions.get(postId))} ${purpose}`,
  );
  return Map.groupBy(calls, ({ n, purpose, at }) => {
    const own = groups.get(`${String(n)} ${purpose}`) ?? [];
    return own.findLast(({ openedAt }) => openedAt <= at + CLOCK_MS)?.id ?? 0;
  });
}

/** The ledger beside what the provider remembers, by the rules of `ledger-check`. Pure. */
export function compared(evidence: Evidence): Comparison {
  const byRow = callsByRow(evidence);
  const lost = byRow.get(0) ?? [];
  const stored = storedByRow(evidence, byRow);
  return compare({
    rows: evidence.rows.usage.map((row) => ({ ...row, n: row.id })),
    calls: [
      ...[...byRow].flatMap(([id, calls]) =>
        id === 0 ? [] : calls.map((call) => ({ ...call, n: id })),
      ),
      ...lost.map((call, at) => ({ ...call, n: -1 - at })),
    ],
    stored: (row) => stored.get(row) ?? '',
    // A busy machine may have no time for the model's tokenizer: `ledger-check` asks for more.
    isExact: () => false,
    prices: evidence.prices,
  });
}

/** I5: the ledger says what the provider says. Pure. */
export function wrongCharges(evidence: Evidence): string[] {
  const { wrong, missing, doubled } = compared(evidence);
  return [...wrong, ...missing.map((what) => `nowhere in the ledger: ${what}`), ...doubled];
}

/** What the limits have counted is what the ledger holds. Pure. */
export function wrongCounts({ rows }: Evidence): string[] {
  const used = rows.counters
    .filter(({ measure }) => measure === 'tokens')
    .reduce((sum, counter) => sum + counter.used, 0);
  const held = rows.usage.reduce(
    (sum, { promptTokens, completionTokens }) =>
      sum + (promptTokens ?? 0) + (completionTokens ?? 0),
    0,
  );
  return used === held
    ? []
    : [`the limits count ${String(used)} tokens where the ledger holds ${String(held)}`];
}

/** I4: one key, one run, one charge. Pure. */
export function doubledCharges({ rows }: Evidence): string[] {
  const groups = Map.groupBy(rows.usage, ({ runId, purpose }) => `${purpose} of run ${runId}`);
  return [...groups]
    .filter(([, charges]) => charges.length > 1)
    .map(([what, charges]) => `${String(charges.length)} charges for one ${what}`);
}

/** What each row's call has left in the body of its post. */
function storedByRow(
  { rows }: Evidence,
  byRow: ReadonlyMap<number, readonly ProviderCall[]>,
): Map<number, string> {
  const stored = new Map<number, string>();
  const answers = Map.groupBy(
    rows.usage.filter(({ purpose }) => purpose === 'answer'),
    ({ postId }) => postId,
  );
  for (const { id, body: shown } of rows.posts) {
    const body = asSaid(shown);
    const own = answers.get(id) ?? [];
    const textOf = (row: UsageRow) => byRow.get(row.id)?.[0]?.words.join('') ?? '';
    let begin = 0;
    for (const [at, length] of (pieces(body, own.map(textOf)) ?? []).entries()) {
      const row = own[at];
      if (row) stored.set(row.id, asShown(body.slice(begin, begin + length)));
      begin += length;
    }
  }
  return stored;
}
