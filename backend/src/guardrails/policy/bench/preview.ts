import type { RailStage } from '#db';
import { railMessage } from '../../events/rail-message.js';
import { Guardrails } from '../../guardrails.js';
import type { Person } from '../../judged-text.rules.js';
import { type NameOf, UNNAMED } from '../../masking/masked-text.js';
import { comparable, placeholder } from '../../masking/placeholder.rules.js';
import type { LocalPolicy } from './verdict.rules.js';

/** No policy that is tried out is stored. */
const NOT_STORED = 0;

/**
 * A text as it would go on: with placeholders or notices for what is hidden in it, or what the person
 * is told or answered in its place. Made as everybody's text is; no model and no service is asked.
 * @throws {GuardFailure} where a rail fails.
 */
export function preview(
  policy: LocalPolicy,
  text: string,
  stage: RailStage,
  person: Person,
): string {
  const current = { ...policy, id: NOT_STORED, judged: () => [] };
  const guardrails = new Guardrails({ current });
  switch (stage) {
    case 'input':
      return inputPreview(guardrails, text, person);
    case 'retrieved': {
      const { text: kept, hits } = guardrails.passage(text, person);
      return kept ? kept.with(UNNAMED) : notice(stage, hits.at(0)?.rail, person);
    }
    case 'output': {
      const rails = guardrails.output(person);
      const shown = rails.push(text) + rails.end();
      return rails.stop
        ? [shown, notice(stage, rails.stop.hit.rail, person)].filter(Boolean).join('\n\n')
        : shown;
    }
  }
}

function inputPreview(guardrails: Guardrails, text: string, person: Person): string {
  const verdict = guardrails.input(text, person);
  switch (verdict.action) {
    case 'block':
      return notice('input', verdict.rail, person);
    case 'answer':
      return verdict.answer;
    case 'pass':
      return verdict.text.with(numbered());
  }
}

const notice = (stage: RailStage, rail = '', { language }: Person): string =>
  railMessage({ stage, rail, action: 'block' }, language);

/** Placeholders of a new conversation. */
function numbered(): NameOf {
  const names = new Map<string, string>();
  const numbers = new Map<string, number>();
  return ({ kind, value }) => {
    const key = `${kind} ${comparable(kind, value)}`;
    const known = names.get(key);
    if (known !== undefined) return known;
    const number = (numbers.get(kind) ?? 0) + 1;
    numbers.set(kind, number);
    const name = placeholder(kind, number);
    names.set(key, name);
    return name;
  };
}
