import type { GuardedMessage } from '../../guardrails/guarded.js';
import { systemPrompt } from '../system-prompt.js';
import { outputContext } from './output-context.rules.js';

const QUOTE = 'O reembolso de viagem é pago em até dez dias úteis depois da aprovação do gestor';
const passage = {
  ...{ n: 1, kind: 'web', title: 'Viagens', text: QUOTE, page: null, host: 'a.example' },
  url: 'https://a.example/viagens',
} as never;

describe(outputContext, () => {
  const instructions = { person: 'Responda em verso.', conversation: null };
  const system = systemPrompt(
    'pt-BR',
    instructions,
    { passages: [passage], searched: true, notices: [] },
    'pr-1',
  );
  const messages = [
    { role: 'system', text: system },
    { role: 'user', text: 'O que diz https://b.example/x?' },
  ] as unknown as readonly GuardedMessage[];
  const context = outputContext({ messages, passages: [passage] }, 'pt-BR', 'pr-1');

  it('should keep to itself what Prosa says, not what sources and people say', () => {
    expect(system).toContain(QUOTE);
    expect(context.systemPrompt).toContain('You are Prosa');
    expect(context.systemPrompt).not.toContain(QUOTE);
    expect(context.systemPrompt).not.toContain('verso');
  });

  it('should know the hosts of the question and of the sources', () => {
    expect([...(context.hosts ?? [])].sort()).toEqual(['a.example', 'b.example']);
  });
});
