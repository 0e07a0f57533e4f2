import type { RailAction, RailOutcome, RailStage } from '#db';
import type { Language } from '../platform/language.rules.js';
import { type HiddenSpan, MaskedText } from './masking/masked-text.js';
import { kindOf, mark } from './masking/placeholder.rules.js';
import type { Judged, Policy } from './policy/policy.js';
import type { Finding } from './rails/local-rails.js';

/** Who is judged, and in which language it is told. */
export interface Person extends Judged {
  readonly language: Language;
}

/** What a rule found in one text, and what was done about it: never the text. */
export interface RailHit {
  readonly policyId: number;
  readonly stage: RailStage;
  readonly rail: string;
  readonly rule: string;
  readonly action: RailAction;
  readonly outcome: RailOutcome;
  /** How often in that text. */
  readonly hits: number;
  /** Of a rail that asks a model or a service. */
  readonly durationMs?: number;
}

/** A finding, and what the policy says about it. */
export interface Decided extends Finding {
  readonly action: RailAction;
}

/** What stands in the place of something that a policy has no words for. */
const REMOVED: Readonly<Record<Language, string>> = { 'pt-BR': '[removido]', en: '[removed]' };

/**
 * What stands in the place of a link or a picture. In no brackets, since Markdown would read those
 * behind the text of a link as its name.
 */
const LINK_REMOVED: Readonly<Record<Language, Readonly<Record<HiddenOfLink, string>>>> = {
  'pt-BR': {
    bracket: '',
    picture: '(imagem removida)',
    address: '(link removido)',
    destination: ' (link removido)',
  },
  en: {
    bracket: '',
    picture: '(picture removed)',
    address: '(link removed)',
    destination: ' (link removed)',
  },
};
type HiddenOfLink = NonNullable<Finding['hides']>;

/** What is to be done about findings; what may pass is left out. */
export function decide(
  policy: Pick<Policy, 'action'>,
  findings: readonly Finding[],
  stage: RailStage,
  who: Judged,
): Decided[] {
  const decided: Decided[] = [];
  for (const finding of findings) {
    const action = policy.action(finding, stage, who);
    if (action !== 'pass') decided.push({ ...finding, action });
  }
  return decided;
}

/** Whether nothing more may be used of a text. */
export const isEnding = ({ action }: Pick<Decided, 'action'>): boolean =>
  action === 'block' || action === 'answer';

/** Findings as they are counted: one of each rule and action. */
export function hitsOf(policyId: number, stage: RailStage, decided: readonly Decided[]): RailHit[] {
  const hits = new Map<string, RailHit>();
  for (const { rail, rule, action } of decided) {
    const key = `${rail} ${action} ${rule}`;
    const { hits: before } = hits.get(key) ?? { hits: 0 };
    hits.set(key, { policyId, stage, rail, rule, action, outcome: 'hit', hits: before + 1 });
  }
  return [...hits.values()];
}

/** That the rails of a stage failed, and nothing passed. */
export const closedHit = (policyId: number, stage: RailStage): RailHit => ({
  ...{ policyId, stage, rail: 'local', rule: 'failure' },
  ...{ action: 'block', outcome: 'closed', hits: 1 },
});

/** What stands in the place of something found, for good. */
export function replacement(
  policy: Policy,
  { rail, rule, kind, hides, action }: Decided,
  { language }: Person,
): string {
  const own = action === 'replace' ? policy.text(rail, rule, language) : undefined;
  if (own !== undefined) return own;
  if (hides !== undefined) return LINK_REMOVED[language][hides];
  return kind === undefined ? REMOVED[language] : mark(kindOf(kind));
}

/** A text without what is to be masked or replaced in it. */
export function masked<Kind extends string>(
  policy: Policy,
  text: string,
  decided: readonly Decided[],
  person: Person,
): MaskedText<Kind> {
  const spans = decided.flatMap((one): HiddenSpan[] => {
    const { start, end, kind, rail, action } = one;
    if (action !== 'mask' && action !== 'replace') return [];
    // A secret is hidden for good: nobody needs to read it again, and nothing of it is kept.
    const isKept = action === 'mask' && rail !== 'secrets' && kind !== undefined;
    return [{ start, end, by: isKept ? { kind } : { text: replacement(policy, one, person) } }];
  });
  return new MaskedText<Kind>(text, spans);
}
