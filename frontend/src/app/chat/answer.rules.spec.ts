import { aReceipt } from '../../testing/samples';
import type { AnswerEvent } from '../api/answer-event';
import { applyEvent } from './answer.rules';
import { justAsked, type ThreadPost } from './thread-post';

const asked = (body = ''): ThreadPost => ({
  ...justAsked(
    'k',
    'Oi?',
    { conversationId: 1, parentId: null, siblings: { ids: [0], index: 0 }, model: null },
    new Date(0),
  ),
  body,
});

const delta = (at: number, text: string): AnswerEvent => ({ type: 'delta', at, text });

describe(applyEvent.name, () => {
  it('should append text where it belongs', () => {
    const post = [delta(0, 'Bom '), delta(4, 'dia')].reduce(applyEvent, asked());
    expect(post.body).toBe('Bom dia');
  });

  it('should not repeat what a reconnection sends again', () => {
    const post = [delta(0, 'Bom dia'), delta(4, 'dia, Ana'), delta(0, 'Bom')].reduce(
      applyEvent,
      asked('Bom '),
    );
    expect(post.body).toBe('Bom dia, Ana');
  });

  it('should report a hole instead of papering over it', () => {
    const post = applyEvent(asked('Bom'), delta(10, 'tarde'));
    expect(post).toMatchObject({ body: 'Bom', gap: true });
  });

  it('should put the kept text in place of what was shown', () => {
    expect(applyEvent(asked('segredo'), { type: 'replace', text: '' }).body).toBe('');
  });

  it('should take the id, the sources, the usage, the error and the end from the server', () => {
    const events: AnswerEvent[] = [
      { type: 'post', postId: 9, conversationId: 4, parentId: 8, runId: 'r' },
      { type: 'sources', sources: [] },
      {
        type: 'usage',
        ...aReceipt({ model: 'm', promptTokens: 1, completionTokens: null, costUsd: null }),
      },
      { type: 'error', code: 'MODEL.TIMEOUT', message: 'Demorou.', retryable: true },
      { type: 'done', status: 'failed' },
    ];
    expect(events.reduce(applyEvent, asked())).toMatchObject({
      id: 9,
      conversationId: 4,
      parentId: 8,
      model: 'm',
      usage: { promptTokens: 1, completionTokens: null, costUsd: null },
      error: { code: 'MODEL.TIMEOUT', message: 'Demorou.' },
      status: 'failed',
      key: 'k',
    });
  });

  it('should tell of another model that takes over, and show it as the one that answers', () => {
    const notice = { type: 'notice', code: 'MODEL.FALLBACK', message: 'Responde b.' } as const;
    const post = applyEvent(asked(), { ...notice, model: 'openai/b' });
    expect(post).toMatchObject({
      model: 'openai/b',
      notices: [{ code: 'MODEL.FALLBACK', message: 'Responde b.' }],
    });
    expect(applyEvent(post, notice).model).toBe('openai/b');
  });

  it('should name no model where a rail answers, or holds the prompt back', () => {
    const rail = { type: 'rail', stage: 'input', rail: 'set-answers', message: '' } as const;
    const post = { ...asked(), model: 'openai/a' };
    expect(applyEvent(post, { ...rail, action: 'answer' }).model).toBeNull();
    expect(applyEvent(post, { ...rail, action: 'block' }).model).toBeNull();
    expect(applyEvent(post, { ...rail, action: 'mask' }).model).toBe('openai/a');
    expect(applyEvent(post, { ...rail, stage: 'output', action: 'block' }).model).toBe('openai/a');
  });

  it('should keep what the rails did, in order', () => {
    const rail = { type: 'rail', stage: 'input', rail: 'personal-data' } as const;
    const masked = applyEvent(asked(), { ...rail, action: 'mask', message: 'CPF oculto.' });
    const blocked = applyEvent(masked, { ...rail, action: 'block', message: 'Não.' });
    expect(blocked.rails.map(({ action, message }) => [action, message])).toEqual([
      ['mask', 'CPF oculto.'],
      ['block', 'Não.'],
    ]);
  });
});
