import { DomainError, RetryLaterError } from '../../platform/domain-error.js';
import { ERROR_STATUS, type ErrorCode } from '../../platform/error-codes.js';
import type { PostView } from '../../posts/posts.schema.js';
import type { ChatAnswer } from './chat.schema.js';

const ASK_AGAIN_SECONDS = 5;

/** A limit that left no room for the whole question may leave some for the next. */
const LIMIT_AGAIN_SECONDS = 60;

type EndedPost = Pick<PostView, 'id' | 'status' | 'error' | 'model' | 'body' | 'rails'>;

/**
 * What a client gets that knows only answers: the text, or an error that names the post in which
 * the question, and whatever arrived, was kept. An answer cut at its longest length is an answer,
 * and so is what a guardrail says instead of one.
 * @throws {DomainError} the reason why there is no whole answer, with its `postId`.
 */
export function chatAnswer({ id, status, error, model, body, rails }: EndedPost): ChatAnswer {
  const errorCode = error?.code ?? null;
  if (status === 'blocked') {
    const why = rails.find(({ action }) => action === 'block')?.message ?? error?.message ?? '';
    return { answer: body === '' ? why : `${body}\n\n${why}`, model: model ?? '' };
  }
  const complete = status === 'done' || errorCode === 'MODEL.LENGTH';
  if (complete && body !== '') {
    return { answer: body, model: model ?? '' };
  }
  if (status === 'answering') {
    throw new RetryLaterError('RUN.STILL_ANSWERING', ASK_AGAIN_SECONDS, { postId: id });
  }
  // A code was stored by us from the same list; an answer that somebody stopped has none.
  const code = (errorCode as ErrorCode | null) ?? 'RUN.INTERRUPTED';
  throw ERROR_STATUS[code] === 429
    ? new RetryLaterError(code, LIMIT_AGAIN_SECONDS, { postId: id })
    : new DomainError(code, { postId: id });
}
