/** What one call took, as one side has it. */
export interface Amounts {
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** Null where no price is known. */
  readonly costNanoUsd: number | null;
}

/** A row of the ledger. */
export interface LedgerCall extends Amounts {
  readonly id: number;
  readonly runId: string;
  readonly purpose: string;
  readonly model: string;
  readonly outcome: string | null;
  readonly openedAt: Date;
  /** Whether the call is under way. */
  readonly isOpen: boolean;
  /** Of its run: null where it was not traced, undefined where its conversation is gone. */
  readonly traceId: string | null | undefined;
}

/** A call as LangSmith has it. */
export interface TracedCall extends Amounts {
  readonly runId: string | null;
  readonly usageId: number | null;
  readonly traceId: string;
  readonly model: string;
  readonly startedAt: Date;
}

/** What is not the same on both sides. */
export type Part = 'tokens in' | 'tokens out' | 'cost';

/** The same call on both sides, with other numbers. */
export interface Difference {
  readonly ledger: LedgerCall;
  readonly traced: TracedCall;
  readonly parts: readonly Part[];
}

/** What a day comes to when both sides are laid beside each other. */
export interface Reconciliation {
  readonly ledger: readonly LedgerCall[];
  readonly traced: readonly TracedCall[];
  readonly equal: number;
  readonly different: readonly Difference[];
  /** Traced here, and unknown to LangSmith. */
  readonly onlyInLedger: readonly LedgerCall[];
  readonly onlyInLangSmith: readonly TracedCall[];
  /** Made while `LANGSMITH_TRACING` was off. */
  readonly untraced: readonly LedgerCall[];
  /** Under way: told to LangSmith once their answer has ended. */
  readonly open: readonly LedgerCall[];
}

/** One side of a comparison: a day, and what lies so near to it that the other may count it there. */
export interface Side<Call> {
  readonly ofTheDay: readonly Call[];
  readonly nearby: readonly Call[];
}

/**
 * Lays a day's calls beside each other. The same call is one whose run and row are the same: rows of
 * two installations may have the same number. A call that begins at midnight may count to either
 * day, so that what is missing is looked for nearby as well.
 */
export function reconcile(ledger: Side<LedgerCall>, traced: Side<TracedCall>): Reconciliation {
  const tracedByKey = new Map(
    [...traced.nearby, ...traced.ofTheDay].map((one) => [keyOf(one), one]),
  );
  const known = new Set(
    [...ledger.nearby, ...ledger.ofTheDay].map(({ runId, id }) => keyOf({ runId, usageId: id })),
  );
  const missing: LedgerCall[] = [];
  const different: Difference[] = [];
  let equal = 0;
  for (const call of ledger.ofTheDay) {
    const other = tracedByKey.get(keyOf({ runId: call.runId, usageId: call.id }));
    if (!other) {
      missing.push(call);
      continue;
    }
    const parts = partsThatDiffer(call, other);
    if (parts.length === 0) equal += 1;
    else different.push({ ledger: call, traced: other, parts });
  }
  const isUntraced = ({ traceId }: LedgerCall) => traceId === null;
  return {
    ledger: ledger.ofTheDay,
    traced: traced.ofTheDay,
    equal,
    different,
    onlyInLedger: missing.filter((call) => !call.isOpen && !isUntraced(call)),
    onlyInLangSmith: traced.ofTheDay.filter((call) => !known.has(keyOf(call))),
    untraced: missing.filter(isUntraced),
    open: missing.filter((call) => call.isOpen && !isUntraced(call)),
  };
}

/** Whether nothing speaks against the day. */
export const agrees = ({ different, onlyInLedger, onlyInLangSmith }: Reconciliation): boolean =>
  different.length + onlyInLedger.length + onlyInLangSmith.length === 0;

const keyOf = ({ runId, usageId }: Pick<TracedCall, 'runId' | 'usageId'>): string =>
  `${String(runId)} ${String(usageId)}`;

function partsThatDiffer(one: Amounts, other: Amounts): Part[] {
  const parts: [Part, boolean][] = [
    ['tokens in', one.promptTokens === other.promptTokens],
    ['tokens out', one.completionTokens === other.completionTokens],
    // LangSmith may show no cost where there is none, and none where it knows no price.
    ['cost', (one.costNanoUsd ?? 0) === (other.costNanoUsd ?? 0)],
  ];
  return parts.flatMap(([part, isSame]) => (isSame ? [] : [part]));
}
