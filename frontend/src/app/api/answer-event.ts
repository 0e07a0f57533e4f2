import type { Citation, ContextUse, PostStatus, Rail, Source, Usage } from './contract';

/** What a stream of an answer says, in the words of the server. Not in OpenAPI: written by hand. */
export type AnswerEvent =
  | {
      readonly type: 'post';
      readonly postId: number;
      readonly conversationId: number;
      readonly parentId: number | null;
      readonly runId: string;
    }
  | ({ readonly type: 'rail' } & Pick<Rail, 'stage' | 'rail' | 'action' | 'message'>)
  | { readonly type: 'route'; readonly route: string; readonly reason: string }
  | { readonly type: 'sources'; readonly sources: Source[] }
  | { readonly type: 'citations'; readonly checks: Citation[] }
  | ({ readonly type: 'context' } & ContextUse)
  | { readonly type: 'queued'; readonly position: number }
  | {
      readonly type: 'notice';
      readonly code: string;
      readonly message: string;
      /** Which answers from here on. */
      readonly model?: string;
    }
  | { readonly type: 'delta'; readonly at: number; readonly text: string }
  | { readonly type: 'replace'; readonly text: string }
  | { readonly type: 'title'; readonly title: string }
  | ({ readonly type: 'usage' } & Readonly<Usage>)
  | {
      readonly type: 'error';
      readonly code: string;
      readonly message: string;
      readonly retryable: boolean;
      /** When the limit is renewed that left no room for the answer. */
      readonly resetsAt?: string;
    }
  | { readonly type: 'done'; readonly status: PostStatus }
  | { readonly type: 'reconnect'; readonly afterMs: number };

export type AnswerEventType = AnswerEvent['type'];

type Fields = Readonly<Record<string, 'string' | 'number' | 'boolean' | 'array'>>;

/** The fields without which an event of that name says nothing; others are taken as they come. */
const REQUIRED: Readonly<Record<AnswerEventType, Fields>> = {
  post: { postId: 'number', conversationId: 'number' },
  rail: { stage: 'string', rail: 'string', action: 'string', message: 'string' },
  route: { route: 'string' },
  sources: { sources: 'array' },
  citations: { checks: 'array' },
  context: { limit: 'number', used: 'number', kept: 'array', left: 'array' },
  queued: { position: 'number' },
  notice: { code: 'string', message: 'string' },
  delta: { at: 'number', text: 'string' },
  replace: { text: 'string' },
  title: { title: 'string' },
  usage: { model: 'string' },
  error: { code: 'string', message: 'string' },
  done: { status: 'string' },
  reconnect: { afterMs: 'number' },
};

/**
 * Reads one event of a stream. Unknown names, broken JSON and events without their fields are null:
 * whatever a provider may smuggle in is dropped here and reaches no screen.
 */
export function parseAnswerEvent(name: string | undefined, data: string): AnswerEvent | null {
  if (!name || !Object.hasOwn(REQUIRED, name)) return null;
  const type = name as AnswerEventType;
  let value: unknown;
  try {
    value = JSON.parse(data);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const fields = value as Readonly<Record<string, unknown>>;
  for (const [field, kind] of Object.entries(REQUIRED[type])) {
    const actual = fields[field];
    if (kind === 'array' ? !Array.isArray(actual) : typeof actual !== kind) return null;
  }
  return { ...fields, type } as AnswerEvent;
}
