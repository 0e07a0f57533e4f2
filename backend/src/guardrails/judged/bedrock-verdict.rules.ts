import type { GuardrailAnswer, GuardrailItem } from '../../llm/moderation/guardrail-answer.js';
import { type JudgedSpan, type JudgedVerdict, PASSED } from './judged-rail.js';

/** Longest name of a rule that is kept. */
const LONGEST_RULE = 120;

/**
 * What an answer of Bedrock means for a text. `GUARDRAIL_INTERVENED` is said of masking and of
 * blocking alike: each item's own action tells them apart, and an intervention that no item explains
 * blocks.
 */
export function verdictOf(
  { intervened, items }: Pick<GuardrailAnswer, 'intervened' | 'items'>,
  text: string,
): JudgedVerdict {
  const rules = (action: GuardrailItem['action']) => [
    ...new Set(items.filter((item) => item.action === action).map(ruleOf)),
  ];
  const blocking = rules('BLOCKED');
  if (blocking.length > 0) return { action: 'block', rules: blocking, spans: [] };
  const masking = distinct(items.filter(({ action }) => action === 'ANONYMIZED'));
  if (masking.length > 0) {
    const found = masking.map((item) => spansOf(item, text));
    // What is to be masked and cannot be found in the text must not pass either.
    const isFound = found.every((spans) => spans.length > 0);
    return { action: isFound ? 'mask' : 'block', rules: rules('ANONYMIZED'), spans: found.flat() };
  }
  if (intervened) return { action: 'block', rules: ['unexplained'], spans: [] };
  const seen = rules('NONE');
  return seen.length > 0 ? { action: 'flag', rules: seen, spans: [] } : PASSED;
}

const ruleOf = ({ policy, name }: GuardrailItem) => `${policy}:${name}`.slice(0, LONGEST_RULE);

/** An item is told for each place where what it found stands. */
const distinct = (items: readonly GuardrailItem[]): GuardrailItem[] => [
  ...new Map(items.map((item) => [`${ruleOf(item)} ${item.match ?? ''}`, item])).values(),
];

/** Every place where what an item found stands. */
function spansOf(item: GuardrailItem, text: string): JudgedSpan[] {
  const { match } = item;
  if (match === undefined || match === '') return [];
  const spans: JudgedSpan[] = [];
  for (let at = text.indexOf(match); at >= 0; at = text.indexOf(match, at + match.length)) {
    const place = { start: at, end: at + match.length };
    spans.push({ rule: ruleOf(item), ...place, kind: kindOf(item.name) });
  }
  return spans;
}

/** `CREDIT_DEBIT_CARD_NUMBER` as a placeholder holds it: letters only, at most 32. */
const kindOf = (name: string) =>
  name
    .toUpperCase()
    .replace(/[^A-Z]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 32) || 'DATA';
