import { describe, expect, it } from '@jest/globals';
import { DomainError, RetryLaterError } from '../../platform/domain-error.js';
import type { PostView } from '../../posts/posts.schema.js';
import { chatAnswer } from './chat-answer.rules.js';

interface Ended {
  readonly status?: PostView['status'];
  readonly errorCode?: string;
  readonly body?: string;
}

const post = ({ errorCode, ...more }: Ended) => ({
  id: 7,
  status: 'done' as const,
  error: errorCode === undefined ? null : { code: errorCode, message: 'Não deu.' },
  model: 'openai/gpt',
  body: 'Um serviço.',
  rails: [],
  ...more,
});

const refusal = (more: Ended): unknown => {
  try {
    return chatAnswer(post(more));
  } catch (error) {
    return error;
  }
};

describe(chatAnswer.name, () => {
  it.each<Ended>([{ status: 'done' }, { status: 'interrupted', errorCode: 'MODEL.LENGTH' }])(
    'should give the text and the model, and nothing else, of %j',
    (more) => {
      expect(chatAnswer(post(more))).toEqual({ answer: 'Um serviço.', model: 'openai/gpt' });
    },
  );

  it.each<[Ended, string]>([
    [{ status: 'failed', errorCode: 'MODEL.UNREACHABLE', body: '' }, 'MODEL.UNREACHABLE'],
    [{ status: 'failed', errorCode: 'MODEL.LENGTH', body: '' }, 'MODEL.LENGTH'],
    [{ status: 'interrupted', errorCode: 'MODEL.TIMEOUT' }, 'MODEL.TIMEOUT'],
    [{ status: 'stopped' }, 'RUN.INTERRUPTED'],
  ])('should refuse half an answer, and say which post keeps it: %j', (more, code) => {
    const error = refusal(more);
    expect(error).toBeInstanceOf(DomainError);
    expect(error).toMatchObject({ code, details: { postId: 7 } });
  });

  it('should say why a guardrail ended it, after what was shown', () => {
    const rail = { id: 1, stage: 'output', rail: 'secrets', reported: false } as const;
    const rails = [{ ...rail, action: 'block' as const, message: 'Parou aqui.' }];
    const ended = { ...post({ status: 'blocked' }), rails };
    expect(chatAnswer(ended).answer).toBe('Um serviço.\n\nParou aqui.');
    expect(chatAnswer({ ...ended, body: '', model: null })).toEqual({
      answer: 'Parou aqui.',
      model: '',
    });
  });

  it('should ask for patience while it is being made', () => {
    const error = refusal({ status: 'answering', body: 'Um' });
    expect(error).toBeInstanceOf(RetryLaterError);
    expect(error).toMatchObject({ code: 'RUN.STILL_ANSWERING', details: { postId: 7 } });
  });

  it('should say when to ask again where a limit left no room', () => {
    const error = refusal({ status: 'failed', errorCode: 'LIMIT.BUDGET', body: '' });
    expect(error).toBeInstanceOf(RetryLaterError);
    expect(error).toMatchObject({ code: 'LIMIT.BUDGET', retryAfterSeconds: 60 });
    const unpriced = refusal({ status: 'failed', errorCode: 'LIMIT.UNPRICED', body: '' });
    expect(unpriced).not.toBeInstanceOf(RetryLaterError);
  });
});
