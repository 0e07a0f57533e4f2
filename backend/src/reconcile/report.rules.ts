import type { Amounts, LedgerCall, Reconciliation, TracedCall } from './reconcile.rules.js';

/** Longest list of calls of one kind; the rest is counted. */
const MOST_LISTED = 50;

/** What was compared. */
export interface Compared {
  readonly day: string;
  readonly timeZone: string;
  readonly project: string;
}

/** A reconciliation in lines for a terminal. */
export function reportOf(result: Reconciliation, { day, timeZone, project }: Compared): string[] {
  const { different, onlyInLedger, onlyInLangSmith, untraced, open } = result;
  return [
    `Day ${day} (${timeZone}), project ${project} of LangSmith`,
    '',
    ...table([
      ['', 'calls', 'tokens in', 'tokens out', 'US$'],
      sums('ledger', result.ledger),
      sums('LangSmith', result.traced),
      ['', '', '', '', ''],
      ['equal', String(result.equal), '', '', ''],
      sums(
        'different (ledger)',
        different.map(({ ledger }) => ledger),
      ),
      sums(
        'different (LangSmith)',
        different.map(({ traced }) => traced),
      ),
      sums('only in the ledger', onlyInLedger),
      sums('only in LangSmith', onlyInLangSmith),
      sums('not traced', untraced),
      sums('under way', open),
    ]),
    ...list(
      'Different',
      different.map(({ ledger, traced, parts }) => [
        `${rowOf(ledger)}  ${parts.join(', ')}`,
        `    ledger     ${amountsOf(ledger)}`,
        `    LangSmith  ${amountsOf(traced)}  trace ${traced.traceId}`,
      ]),
    ),
    ...list(
      'Only in the ledger',
      onlyInLedger.map((call) => [`${rowOf(call)}  ${amountsOf(call)}  ${whyMissing(call)}`]),
    ),
    ...list(
      'Only in LangSmith',
      onlyInLangSmith.map((call) => [`${runOf(call)}  ${amountsOf(call)}  ${whyUnknown(call)}`]),
    ),
    ...(untraced.length > 0
      ? ['', 'Not traced: made while LANGSMITH_TRACING was off; that is no difference.']
      : []),
  ];
}

function sums(name: string, calls: readonly Amounts[]): string[] {
  const tokens = (of: (call: Amounts) => number) =>
    String(calls.reduce((sum, call) => sum + of(call), 0));
  const priced = calls.flatMap(({ costNanoUsd }) => (costNanoUsd === null ? [] : [costNanoUsd]));
  const cost = priced.reduce((sum, nanoUsd) => sum + nanoUsd, 0);
  const unknown = calls.length - priced.length;
  return [
    name,
    String(calls.length),
    tokens(({ promptTokens }) => promptTokens),
    tokens(({ completionTokens }) => completionTokens),
    `${dollars(cost)}${unknown === 0 ? '' : ` and ${String(unknown)} of unknown price`}`,
  ];
}

/** The first column to the left, numbers to the right, the last as it is. */
function table(rows: readonly string[][]): string[] {
  const widths = (rows[0] ?? []).map((_, at) =>
    Math.max(...rows.map((row) => (row[at] ?? '').length)),
  );
  return rows.map((row) =>
    row
      .map((cell, at) => {
        if (at === row.length - 1) return cell;
        return at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0);
      })
      .join('  ')
      .trimEnd(),
  );
}

function list(title: string, entries: readonly string[][]): string[] {
  if (entries.length === 0) return [];
  const rest = entries.length - MOST_LISTED;
  return [
    '',
    `${title}:`,
    ...entries.slice(0, MOST_LISTED).flatMap((lines) => lines.map((line) => `  ${line}`)),
    ...(rest > 0 ? [`  and ${String(rest)} more`] : []),
  ];
}

const rowOf = ({ id, purpose, model, openedAt }: LedgerCall): string =>
  `#${String(id)}  ${openedAt.toISOString()}  ${purpose}  ${model}`;

const runOf = ({ usageId, model, startedAt, traceId }: TracedCall): string =>
  `${usageId === null ? '#?' : `#${String(usageId)}`}  ${startedAt.toISOString()}  ${model}  trace ${traceId}`;

const amountsOf = ({ promptTokens, completionTokens, costNanoUsd }: Amounts): string =>
  `in ${String(promptTokens)}  out ${String(completionTokens)}  ${
    costNanoUsd === null ? 'price unknown' : `US$ ${dollars(costNanoUsd)}`
  }`;

function whyMissing({ traceId, outcome }: LedgerCall): string {
  if (traceId === undefined) return 'its conversation was deleted for good: its trace is not known';
  return outcome === 'interrupted'
    ? `the process that asked ended before it sent trace ${String(traceId)}`
    : `trace ${String(traceId)} did not arrive`;
}

const whyUnknown = ({ usageId }: TracedCall): string =>
  usageId === null ? 'names no row of a ledger' : 'of another ledger';

/** Nano-dollars are exact in nine digits. */
const dollars = (nanoUsd: number): string => (nanoUsd / 1e9).toFixed(9);
