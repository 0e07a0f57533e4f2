import { judge, type LocalPolicy } from '../policy/bench/verdict.rules.js';
import type { LabelledRow, LabelledSet } from './labelled-set.js';
import { share, type Share } from './wilson.rules.js';

/** What is measured of one class of one set. */
export interface Measured {
  readonly set: string;
  readonly class: string;
  /** Attacks that are blocked or answered; spans of which half or more is masked or blocked. */
  readonly recall: Share;
  /** Harmless texts that are blocked or answered; of spans, findings where there is no span. */
  readonly falsePositives: Share;
}

/** What is measured of one set. */
export interface MeasuredSet {
  /** The set as a whole first, then its classes. */
  readonly rows: readonly Measured[];
  /** Time for each 1,024 UTF-16 units, in milliseconds. */
  readonly msPerKb: number;
}

/** Spans of these kinds are left out: only a reader can tell names, places and dates. */
const COUNTED =
  /^(?:CREDIT_CARD|EMAIL_ADDRESS|IBAN_CODE|IP_ADDRESS|PHONE_NUMBER|CPF|CNPJ|CARD|EMAIL|IBAN|IP|PHONE|CEP|RG|CNH|PIX|TITULO|PIS|SECRET)$/;

const EVERYBODY = { role: 'member', door: 'web' } as const;

interface Count {
  found: number;
  known: number;
  wrong: number;
  clean: number;
}

/** Judges each text of a set as a prompt of a member at the web. */
export function measure(policy: LocalPolicy, { name, rows }: LabelledSet): MeasuredSet {
  const counts = new Map<string, Count>([['', noneYet()]]);
  let units = 0;
  let ms = 0;
  for (const row of rows) {
    const start = performance.now();
    const verdict = judge(policy, row.text, 'input', EVERYBODY);
    ms += performance.now() - start;
    units += row.text.length;
    const add = (kind: string, count: Partial<Count>): void => {
      for (const key of new Set(['', kind])) addTo(counts, key, count);
    };
    if ('spans' in row) countSpans(row, verdict.findings, add);
    else countText(row, verdict.action === 'block' || verdict.action === 'answer', add);
  }
  const measured = [...counts].map(([kind, { found, known, wrong, clean }]) => ({
    set: name,
    class: kind,
    recall: share(found, known),
    falsePositives: share(wrong, clean),
  }));
  return { rows: measured, msPerKb: units === 0 ? 0 : (ms / units) * 1024 };
}

type Add = (kind: string, count: Partial<Count>) => void;

function countText(
  { label, class: kind }: Extract<LabelledRow, { label: string }>,
  isStopped: boolean,
  add: Add,
): void {
  const hit = Number(isStopped);
  add(kind ?? '', label === 'attack' ? { found: hit, known: 1 } : { wrong: hit, clean: 1 });
}

interface Place {
  readonly start: number;
  readonly end: number;
}

function countSpans(
  { spans }: Extract<LabelledRow, { spans: unknown }>,
  findings: readonly (Place & { readonly action: string; readonly kind?: string })[],
  add: Add,
): void {
  const hidden = findings.filter(({ action, kind }) => kind && /^(?:mask|block)$/.test(action));
  for (const span of spans.filter(({ type }) => COUNTED.test(type))) {
    const covered = hidden.reduce((sum, finding) => sum + overlap(span, finding), 0);
    add(span.type, { found: Number(covered * 2 >= span.end - span.start), known: 1 });
  }
  for (const finding of hidden) {
    const isWrong = !spans.some((span) => overlap(span, finding) > 0);
    add(`found as ${finding.kind ?? ''}`, { wrong: Number(isWrong), clean: 1 });
  }
}

const overlap = (one: Place, other: Place): number =>
  Math.max(0, Math.min(one.end, other.end) - Math.max(one.start, other.start));

const noneYet = (): Count => ({ found: 0, known: 0, wrong: 0, clean: 0 });

function addTo(counts: Map<string, Count>, key: string, more: Partial<Count>): void {
  const count = counts.get(key) ?? noneYet();
  counts.set(key, count);
  count.found += more.found ?? 0;
  count.known += more.known ?? 0;
  count.wrong += more.wrong ?? 0;
  count.clean += more.clean ?? 0;
}
