import type { UpstreamCall } from './upstream.ts';

/** A row of the ledger, as the database has it. */
export interface LedgerRow {
  readonly id: number;
  /** The question's number. */
  readonly n: number;
  readonly purpose: string;
  /** Without its provider. */
  readonly model: string;
  readonly outcome: string | null;
  readonly promptTokens: number | null;
  readonly completionTokens: number | null;
  readonly estimated: boolean;
  readonly costNanoUsd: number | null;
  readonly priceSource: string | null;
  readonly isClosed: boolean;
}

/** What is agreed for a model, in dollars a million tokens. */
export interface Agreed {
  readonly input: number;
  readonly output: number;
}

export interface Facts {
  readonly rows: readonly LedgerRow[];
  readonly calls: readonly UpstreamCall[];
  /** What is stored of the answer to a question. */
  readonly stored: (n: number) => string;
  /** Whether the ledger can count a model's tokens itself. */
  readonly isExact: (model: string) => boolean;
  readonly prices: (model: string) => Agreed;
}

/** How far an estimate was off. In tokens. */
export interface Gap {
  readonly row: LedgerRow;
  readonly ledger: number;
  readonly upstream: number;
}

export interface Comparison {
  /** Rows that say what the provider said, to the token. */
  readonly equal: number;
  /** Rows that estimate, no less than was stored and no more than was sent. */
  readonly estimated: number;
  /** Of those, calls that never arrived: the ledger was opened and the server killed, or stopped. */
  readonly unheard: number;
  readonly wrong: readonly string[];
  readonly missing: readonly string[];
  readonly doubled: readonly string[];
  /** Of all estimates, the one furthest from what was sent. */
  readonly answerGap: Gap | undefined;
  readonly promptGap: Gap | undefined;
}

/** What an estimate without the model's tokenizer may be off: a fifth, and three tokens. */
const ESTIMATE_SHARE = 0.2;
const ESTIMATE_TOKENS = 3;
/** A prompt's count before it is sent knows nothing of the marks around its messages. */
const PROMPT_SHARE = 0.3;

/** Holds the ledger against what the provider remembers, call by call. Pure. */
export function compare(facts: Facts): Comparison {
  const groups = new Map<string, { rows: LedgerRow[]; calls: UpstreamCall[] }>();
  const groupOf = (key: string) => {
    const group = groups.get(key) ?? { rows: [], calls: [] };
    groups.set(key, group);
    return group;
  };
  for (const row of facts.rows) groupOf(`${String(row.n)} ${row.purpose}`).rows.push(row);
  for (const call of facts.calls) groupOf(`${String(call.n)} ${call.purpose}`).calls.push(call);

  const found = new Findings(facts);
  for (const { rows, calls } of groups.values()) found.take(rows, calls);
  return found.result();
}

class Findings {
  private equal = 0;
  private estimated = 0;
  private unheard = 0;
  private readonly wrong: string[] = [];
  private readonly missing: string[] = [];
  private readonly doubled: string[] = [];
  private answerGap: Gap | undefined;
  private promptGap: Gap | undefined;

  private readonly facts: Facts;

  constructor(facts: Facts) {
    this.facts = facts;
  }

  result(): Comparison {
    const { equal, estimated, unheard, wrong, missing, doubled, answerGap, promptGap } = this;
    return { equal, estimated, unheard, wrong, missing, doubled, answerGap, promptGap };
  }

  /** Rows and calls of one question and purpose: both came one after the other. */
  take(rows: readonly LedgerRow[], calls: readonly UpstreamCall[]): void {
    const waiting = [...calls];
    const last = rows.findLast(({ model }) => calls.some((call) => call.model === model));
    for (const row of rows) {
      const call = waiting[0]?.model === row.model ? waiting.shift() : undefined;
      if (!row.isClosed) this.wrong.push(`${named(row)} is open`);
      else if (call) this.judge(row, call, row === last);
      else this.judgeUnheard(row);
    }
    for (const { n, purpose, model } of waiting) {
      this.missing.push(`question ${String(n)}: a call for its ${purpose} to ${model}`);
    }
  }

  private judgeUnheard(row: LedgerRow): void {
    const wasCut = row.outcome === 'interrupted' || row.outcome === 'stopped';
    const wasCutBefore = wasCut || row.outcome === 'RUN.INTERRUPTED';
    if (!wasCutBefore || !row.estimated || row.completionTokens !== 0) {
      this.doubled.push(`${named(row)} stands for no call`);
      return;
    }
    this.unheard += 1;
    this.estimated += 1;
  }

  private judge(row: LedgerRow, call: UpstreamCall, isLast: boolean): void {
    const faults = [
      ...(row.estimated ? this.faultsOfEstimate(row, call, isLast) : faultsOfCount(row, call)),
      ...this.faultsOfCost(row),
    ];
    if (faults.length > 0) this.wrong.push(`${named(row)}: ${faults.join(', ')}`);
    else if (row.estimated) this.estimated += 1;
    else this.equal += 1;
  }

  private faultsOfEstimate(row: LedgerRow, call: UpstreamCall, isLast: boolean): string[] {
    const { completionTokens: completion, promptTokens: prompt } = row;
    if (completion === null || prompt === null) return ['has no counts'];
    if (row.outcome === 'done' && call.told) return ['estimates what it was told'];
    const stored = isLast && row.purpose === 'answer' ? this.storedOf(row.n, call) : 0;
    const isExact = this.facts.isExact(call.model);
    const slack = isExact ? 0 : ESTIMATE_TOKENS;
    const share = isExact ? 0 : ESTIMATE_SHARE;
    this.noteGaps(row, call, completion, prompt);
    return [
      ...(completion < Math.floor(stored * (1 - share)) - slack
        ? [`${String(completion)} tokens where ${String(stored)} are stored`]
        : []),
      ...(completion > Math.ceil(call.sent * (1 + share)) + slack
        ? [`${String(completion)} tokens where ${String(call.sent)} were sent`]
        : []),
      ...(call.took && Math.abs(prompt - call.promptTokens) > call.promptTokens * PROMPT_SHARE
        ? [`a prompt of ${String(prompt)} tokens where there were ${String(call.promptTokens)}`]
        : []),
      ...(!call.took && prompt !== 0 && row.outcome?.startsWith('MODEL.')
        ? [`a prompt of ${String(prompt)} tokens that was refused`]
        : []),
    ];
  }

  private faultsOfCost(row: LedgerRow): string[] {
    const { input, output } = this.facts.prices(row.model);
    // Dollars a million tokens are thousands of nano-dollars a token.
    const due =
      Math.round((row.promptTokens ?? 0) * input * 1000) +
      Math.round((row.completionTokens ?? 0) * output * 1000);
    if (row.costNanoUsd === due && row.priceSource !== null) return [];
    return [`cost ${String(row.costNanoUsd)} where ${String(due)} is due`];
  }

  /** Whole tokens of an answer that are stored. */
  private storedOf(n: number, { words }: UpstreamCall): number {
    const { length } = this.facts.stored(n);
    let end = 0;
    return words.filter((word) => (end += word.length) <= length).length;
  }

  private noteGaps(row: LedgerRow, call: UpstreamCall, completion: number, prompt: number): void {
    this.answerGap = larger(this.answerGap, { row, ledger: completion, upstream: call.sent });
    if (call.took) {
      this.promptGap = larger(this.promptGap, { row, ledger: prompt, upstream: call.promptTokens });
    }
  }
}

function faultsOfCount(row: LedgerRow, { told }: UpstreamCall): string[] {
  if (!told) return ['says that it was told what the provider never said'];
  const isEqual =
    row.promptTokens === told.promptTokens && row.completionTokens === told.completionTokens;
  const both = (prompt: number | null, completion: number | null) =>
    `${String(prompt)} + ${String(completion)}`;
  return isEqual
    ? []
    : [
        `${both(row.promptTokens, row.completionTokens)} tokens where the provider said ` +
          both(told.promptTokens, told.completionTokens),
      ];
}

const named = ({ id, n, purpose, model, outcome }: LedgerRow): string =>
  `row ${String(id)} (question ${String(n)}, ${purpose} by ${model}, ${String(outcome)})`;

const gapOf = ({ ledger, upstream }: Gap): number => Math.abs(ledger - upstream);

const larger = (one: Gap | undefined, other: Gap): Gap =>
  one !== undefined && gapOf(one) >= gapOf(other) ? one : other;
