import type { PostStatus } from '#db';
import type { ErrorCode } from '../platform/error-codes.js';
import type { Passage } from '../llm/chat-model.js';
import type { Notice } from '../platform/notice-message.js';
import type { RailTold } from '../guardrails/events/rail-message.js';
import type { ReleasedText } from '../guardrails/guarded.js';
import type { CitationCheck } from '../posts/citations/check-citations.rules.js';
import type { Receipt } from '../usage/receipt.schema.js';

/** A numbered source as readers see it. */
export interface AnswerSource {
  readonly n: number;
  readonly kind: Passage['kind'];
  readonly title: string;
  /** Of a page of the web. */
  readonly url: string | null;
  readonly documentId: number | null;
  readonly versionId: number | null;
  /** Its place in the version, from 1. */
  readonly passage: number | null;
  readonly page: number | null;
  /** The headings above it, outermost first, joined by ` › `. */
  readonly heading: string | null;
  /** Of a page of the web. */
  readonly host: string | null;
  /** When a page of the web was read; ISO 8601. */
  readonly foundAt: string | null;
  /** When it says that it was published; ISO 8601. */
  readonly publishedAt: string | null;
  /** The passage, as the model is sent it. */
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

/** Where an answer looks: nowhere, in what Prosa was given to read, on the web, in both. */
export type Route = 'direct' | 'knowledge' | 'web' | 'both';

/**
 * Why an answer looks there. `asked`: its person wished so. `attachment`, `collection`,
 * `documentation`: the question is about those. `time`, `date`, `price`, `news`: it asks for what
 * is so right now, on a day, what something costs, what happened lately. `model`: a model judged
 * so. `no-model`: there is none, and sources are all there is. `default`: nothing spoke for
 * another. `off`: the web was wished for, and is switched off.
 */
export type RouteReason =
  | 'asked'
  | 'attachment'
  | 'collection'
  | 'documentation'
  | 'time'
  | 'date'
  | 'price'
  | 'news'
  | 'model'
  | 'no-model'
  | 'default'
  | 'off';

/** Where an answer looks, and why. */
export interface RouteChoice {
  readonly route: Route;
  readonly reason: RouteReason;
}

/** What happens while an answer is made: one union for every door. */
export type AnswerEvent =
  | {
      readonly type: 'post';
      readonly postId: number;
      readonly conversationId: number;
      readonly parentId: number | null;
      readonly runId: string;
    }
  /** Why is said in the reader's language. */
  | ({ readonly type: 'rail' } & RailTold)
  | ({ readonly type: 'route' } & RouteChoice)
  | { readonly type: 'sources'; readonly sources: readonly AnswerSource[] }
  /** What became of each number in the whole body; before `done`, where there are sources. */
  | { readonly type: 'citations'; readonly checks: readonly CitationCheck[] }
  | ({ readonly type: 'context' } & ContextUse)
  /** The question waits for others: 1 is the next, 0 that its turn has come. */
  | { readonly type: 'queued'; readonly position: number }
  /** What is said of it is in the reader's language. */
  | ({ readonly type: 'notice' } & Notice)
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
