import type { PostStatus } from '#db';
import type { ErrorCode } from '../platform/error-codes.js';
import type { NoticeCode } from '../platform/notice-message.js';
import type { ReleasedText } from '../guardrails/guarded.js';
import type { Receipt } from '../usage/receipt.schema.js';

/** A numbered source as readers see it. */
export interface AnswerSource {
  readonly n: number;
  readonly kind: 'documentation';
  readonly title: string;
  readonly url: string | null;
  readonly documentId: number | null;
  readonly quote: string;
}

/** What fits the context window, in tokens (estimated), and what was left out. */
export interface ContextUse {
  readonly limit: number;
  readonly used: number;
  readonly reserved: number;
  readonly left: readonly { readonly postId: number; readonly reason: 'window' | 'unfinished' }[];
}

export type Route = 'direct' | 'knowledge';

/** What happens while an answer is made: one union for every door. */
export type AnswerEvent =
  | {
      readonly type: 'post';
      readonly postId: number;
      readonly conversationId: number;
      readonly parentId: number | null;
      readonly runId: string;
    }
  | {
      readonly type: 'rail';
      readonly stage: 'input' | 'output';
      readonly rail: string;
      readonly action: string;
      readonly message: string;
    }
  | { readonly type: 'route'; readonly route: Route; readonly reason: string }
  | { readonly type: 'sources'; readonly sources: readonly AnswerSource[] }
  | ({ readonly type: 'context' } & ContextUse)
  /** The question waits for others: 1 is the next, 0 that its turn has come. */
  | { readonly type: 'queued'; readonly position: number }
  /** `model` answers now in place of `from`; what is said of it is in the reader's language. */
  | {
      readonly type: 'notice';
      readonly code: NoticeCode;
      readonly model: string;
      readonly from: string;
    }
  /** `at`: where the text goes, in UTF-16 code units from the beginning of the body. */
  | { readonly type: 'delta'; readonly at: number; readonly text: ReleasedText }
  /** The whole text so far; what was sent before no longer counts. */
  | { readonly type: 'replace'; readonly text: ReleasedText }
  | { readonly type: 'title'; readonly title: string }
  | ({ readonly type: 'usage' } & Readonly<Receipt>)
  /** `retryable`: asking the same again, as it is, may go better. */
  | {
      readonly type: 'error';
      readonly code: ErrorCode;
      readonly retryable: boolean;
      /** When the limit that left no room is whole again, and whose it is. */
      readonly resetsAt?: string;
      readonly scope?: string;
    }
  | { readonly type: 'done'; readonly status: PostStatus }
  /** The stream ends here, the answer does not: ask again after this time. */
  | { readonly type: 'reconnect'; readonly afterMs: number };
