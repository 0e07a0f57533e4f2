import { describe, expect, it } from '@jest/globals';
import type { Post } from '#db';
import { DomainError, RetryLaterError } from '../../platform/domain-error.js';
import { chatAnswer } from './chat-answer.rules.js';

const post = (more: Partial<Post>) => ({
  id: 7,
  status: 'done' as const,
  errorCode: null,
  model: 'openai/gpt',
  body: 'Um serviço.',
  ...more,
});

const refusal = (more: Partial<Post>): unknown => {
  try {
    return chatAnswer(post(more));
  } catch (error) {
    return error;
  }
};

describe(chatAnswer.name, () => {
  it.each<Partial<Post>>([
    { status: 'done' },
    { status: 'blocked' },
    { status: 'interrupted', errorCode: 'MODEL.LENGTH' },
  ])('should give the text and the model, and nothing else, of %j', (more) => {
    expect(chatAnswer(post(more))).toEqual({ answer: 'Um serviço.', model: 'openai/gpt' });
  });

  it.each<[Partial<Post>, string]>([
    [{ status: 'failed', errorCode: 'MODEL.UNREACHABLE', body: '' }, 'MODEL.UNREACHABLE'],
    [{ status: 'failed', errorCode: 'MODEL.LENGTH', body: '' }, 'MODEL.LENGTH'],
    [{ status: 'interrupted', errorCode: 'MODEL.TIMEOUT' }, 'MODEL.TIMEOUT'],
    [{ status: 'stopped' }, 'RUN.INTERRUPTED'],
    [{ status: 'blocked', body: '' }, 'RUN.INTERRUPTED'],
  ])('should refuse half an answer, and say which post keeps it: %j', (more, code) => {
    const error = refusal(more);
    expect(error).toBeInstanceOf(DomainError);
    expect(error).toMatchObject({ code, details: { postId: 7 } });
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
