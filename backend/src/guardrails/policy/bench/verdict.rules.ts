import { RAIL_ACTIONS, type RailAction, type RailStage } from '#db';
import type { Language } from '../../../platform/language.rules.js';
import type { Finding } from '../../rails/local-rails.js';
import type { Judged, Policy } from '../policy.js';

/** A policy as far as its local rails go. */
export type LocalPolicy = Pick<Policy, 'local' | 'action' | 'text'>;

/** A finding, and what is done about it. */
export interface ActedFinding extends Finding {
  readonly action: RailAction;
}

/** What the local rails of a policy make of a text. */
export interface Verdict {
  /** The strictest of all findings. */
  readonly action: RailAction;
  /** Those about which something is done, by their start. */
  readonly findings: readonly ActedFinding[];
}

/** Judges a whole text by the local rails. */
export function judge(policy: LocalPolicy, text: string, stage: RailStage, who: Judged): Verdict {
  const findings = policy.local
    .find(text, stage)
    .map((finding) => ({ ...finding, action: policy.action(finding, stage, who) }))
    .filter(({ action }) => action !== 'pass');
  return { action: strictest(findings.map(({ action }) => action)), findings };
}

/** The one that counts of several; `pass` of none. */
export const strictest = (actions: readonly RailAction[]): RailAction =>
  RAIL_ACTIONS[Math.max(0, ...actions.map((action) => RAIL_ACTIONS.indexOf(action)))] ?? 'pass';

/** Whether two verdicts are the same to whoever is judged, and to whoever looks at the events. */
export function isSameVerdict(one: Verdict, other: Verdict): boolean {
  return one.action === other.action && hits(one) === hits(other);
}

const hits = ({ findings }: Verdict): string =>
  [...new Set(findings.map(({ rail, rule, action }) => JSON.stringify([rail, rule, action])))]
    .sort()
    .join();

/**
 * The text as it would go on: with placeholders for what is masked, with what stands in the place of
 * what is replaced, or what the person is told instead of it.
 */
export function onwards(
  policy: LocalPolicy,
  text: string,
  { action, findings }: Verdict,
  language: Language,
): string {
  if (action === 'answer' || action === 'block') {
    const { rail, rule } = findings.find((finding) => finding.action === action) ?? NOTHING;
    return policy.text(rail, rule, language) ?? NOTICE[language];
  }
  const numbers = new Map<string, number>();
  const values = new Map<string, string>();
  let [out, at] = ['', 0];
  for (const finding of findings) {
    const changes = finding.action === 'mask' || finding.action === 'replace';
    if (!changes || finding.start < at) continue; // Within what was changed already.
    const put =
      finding.action === 'mask'
        ? placeholder(finding, text, numbers, values)
        : (policy.text(finding.rail, finding.rule, language) ?? '');
    out += text.slice(at, finding.start) + put;
    at = finding.end;
  }
  return out + text.slice(at);
}

const NOTHING = { rail: '', rule: '' };

/** Where a rule says nothing itself. */
const NOTICE: Readonly<Record<Language, string>> = {
  en: 'Blocked: the person is told courteously that this cannot be answered here.',
  'pt-BR': 'Bloqueado: a pessoa é avisada, com cortesia, de que isto não pode ser respondido aqui.',
};

/** The same value gets the same one, as in a conversation. */
function placeholder(
  { kind = 'DATA', start, end }: Finding,
  text: string,
  numbers: Map<string, number>,
  values: Map<string, string>,
): string {
  const value = `${kind} ${text.slice(start, end)}`;
  let name = values.get(value);
  if (name === undefined) {
    const number = (numbers.get(kind) ?? 0) + 1;
    numbers.set(kind, number);
    name = `[${kind}_${String(number)}]`;
    values.set(value, name);
  }
  return name;
}
