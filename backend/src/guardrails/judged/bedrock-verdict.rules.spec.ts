import type { GuardrailItem } from '../../llm/moderation/guardrail-answer.js';
import { guardrailCost } from './bedrock-price.rules.js';
import { verdictOf } from './bedrock-verdict.rules.js';

const EMAIL: GuardrailItem = {
  policy: 'personal-data',
  name: 'EMAIL',
  action: 'ANONYMIZED',
  match: 'ana@exemplo.com.br',
};
const TOPIC: GuardrailItem = { policy: 'topic', name: 'Investimentos', action: 'BLOCKED' };
const SEEN: GuardrailItem = { policy: 'content', name: 'INSULTS', action: 'NONE' };

describe('the verdict of Bedrock Guardrails', () => {
  it('should tell what is masked from what is blocked by the action of each item', () => {
    const text = 'Escreva a ana@exemplo.com.br, com cópia a ana@exemplo.com.br.';
    expect(verdictOf({ intervened: true, items: [EMAIL] }, text)).toEqual({
      action: 'mask',
      rules: ['personal-data:EMAIL'],
      spans: [
        { rule: 'personal-data:EMAIL', start: 10, end: 28, kind: 'EMAIL' },
        { rule: 'personal-data:EMAIL', start: 42, end: 60, kind: 'EMAIL' },
      ],
    });
    expect(verdictOf({ intervened: true, items: [EMAIL, TOPIC, SEEN] }, text)).toEqual({
      action: 'block',
      rules: ['topic:Investimentos'],
      spans: [],
    });
  });

  it('should tell each place once, however often an item names it', () => {
    const text = 'ana@exemplo.com.br '.repeat(3);
    const { spans } = verdictOf({ intervened: true, items: [EMAIL, EMAIL, EMAIL] }, text);
    expect(spans.map(({ start }) => start)).toEqual([0, 19, 38]);
  });

  it('should flag what is only detected, and pass what nothing was said of', () => {
    expect(verdictOf({ intervened: false, items: [SEEN] }, 'x')).toMatchObject({
      action: 'flag',
      rules: ['content:INSULTS'],
    });
    expect(verdictOf({ intervened: false, items: [] }, 'x').action).toBe('pass');
  });

  it('should block an intervention that no item explains, or whose match is not in the text', () => {
    expect(verdictOf({ intervened: true, items: [] }, 'x').action).toBe('block');
    expect(verdictOf({ intervened: true, items: [EMAIL] }, 'another text').action).toBe('block');
  });

  it('should never name what was found', () => {
    const word: GuardrailItem = { policy: 'word', name: 'CUSTOM', action: 'BLOCKED', match: 'xyz' };
    expect(JSON.stringify(verdictOf({ intervened: true, items: [word] }, 'xyz'))).not.toContain(
      'xyz',
    );
  });

  it('should cost what its policies are charged for', () => {
    // 2,000 characters in and 3,000 out: 5 units × (0.15 + 0.15 + 0.10) / 1,000 dollars.
    const units = { topic: 5, content: 5, word: 5, personalData: 5, grounding: 0 };
    expect(guardrailCost(units)).toMatchObject({ totalNanoUsd: 2_000_000 });
  });
});
