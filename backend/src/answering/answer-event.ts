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

/** An older turn that is sent, and why. */
export interface KeptPost {
  readonly postId: number;
  readonly reason: 'pinned' | 'relevant';
}

/** A turn that is not sent, and why. */
export interface LeftPost {
  readonly postId: number;
  readonly reason: 'window' | 'unfinished' | 'blocked' | 'freshStart' | 'summary';
}

/** What is sent in place of earlier turns. */
export interface SummaryInUse {
  readonly id: number;
  /** The last post that it covers. */
  readonly postId: number;
  /** How many it covers. */
  readonly posts: number;
  readonly tokens: number;
}

/** What fits the context window, in tokens (estimated), and what was left out. */
export interface ContextUse {
  readonly limit: number;
  readonly used: number;
  readonly reserved: number;
  /** By how much the prompt alone exceeds the window; 0 where it fits. */
  readonly excess: number;
  /** The oldest of the newest turns that are sent without a gap. */
  readonly begins: number | null;
  /** Turns that stand before that and are sent all the same, oldest first. */
  readonly kept: readonly KeptPost[];
  /** Posts of the branch that are not sent, newest first. */
  readonly left: readonly LeftPost[];
  /** How many more before those are not sent. */
  readonly leftOlder: number;
  readonly summary: SummaryInUse | null;
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
