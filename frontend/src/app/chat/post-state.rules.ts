import type { PostStatus } from '../api/contract';

/** What can be done about an answer that did not end well. */
export type PostAct = 'continue' | 'again' | 'edit' | 'connect';

export interface PostStateNote {
  /** Key of the sentence that says what happened. */
  readonly key: string;
  readonly tone: 'plain' | 'warn' | 'bad';
  readonly acts: readonly PostAct[];
  /** True where the server's own sentence would only say the same again. */
  readonly saysAll: boolean;
}

/** A rail stopped the answer; what had been checked before is kept. */
const ANSWER_BLOCKED = 'GUARDRAIL.ANSWER_BLOCKED';

/** Codes that say no more than the sentence of the post's status does. */
const PLAIN = ['RUN.INTERRUPTED', 'MODEL.CUT_SHORT', ANSWER_BLOCKED];

/** Only another model helps, or an administrator. */
const UNPRICED = 'LIMIT.UNPRICED';

/** What to say about a post of that status; null when there is nothing to say. */
export function stateOf(
  status: PostStatus,
  hasText: boolean,
  errorCode: string | null,
): PostStateNote | null {
  const note = noteOf(status, hasText, errorCode);
  return note && { ...note, saysAll: errorCode !== null && PLAIN.includes(errorCode) };
}

function noteOf(
  status: PostStatus,
  hasText: boolean,
  errorCode: string | null,
): Omit<PostStateNote, 'saysAll'> | null {
  const goOn: readonly PostAct[] = hasText ? ['continue', 'again'] : ['again'];
  switch (status) {
    case 'answering':
    case 'done':
      return null;
    case 'stopped':
      return { key: 'chat.stopped', tone: 'plain', acts: goOn };
    case 'interrupted':
      return hasText
        ? { key: 'chat.interrupted', tone: 'warn', acts: goOn }
        : { key: 'chat.interruptedEarly', tone: 'warn', acts: goOn };
    case 'blocked':
      return errorCode === ANSWER_BLOCKED
        ? { key: 'chat.blockedAnswer', tone: 'warn', acts: ['again', 'edit'] }
        : { key: 'chat.blocked', tone: 'warn', acts: ['edit'] };
    case 'failed':
      if (errorCode?.startsWith('LIMIT.')) {
        const acts: readonly PostAct[] = errorCode === UNPRICED ? ['edit'] : ['again', 'edit'];
        return { key: 'chat.failedAnswer', tone: 'warn', acts };
      }
      return isWithoutModel(errorCode)
        ? { key: 'chat.noModel', tone: 'warn', acts: ['connect', 'again'] }
        : { key: 'chat.failedAnswer', tone: 'bad', acts: ['again', 'edit'] };
  }
}

/** Codes of a model that only an administrator can put right. */
const NEEDS_ADMINISTRATOR = [
  'MODEL.UNAUTHORIZED',
  'MODEL.NOT_FOUND',
  'MODEL.UNKNOWN',
  'MODEL.NOT_INSTALLED',
  'MODEL.FILE_MISSING',
  'MODEL.FILE_INVALID',
  'MODEL.NAME_UNKNOWN',
  'MODEL.SETTING_INVALID',
  'MODEL.MISCONFIGURED',
];

const isWithoutModel = (code: string | null): boolean =>
  code !== null && NEEDS_ADMINISTRATOR.includes(code);
