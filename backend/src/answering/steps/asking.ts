import type { ReleasedText } from '../../guardrails/guarded.js';
import type { ChatModel } from '../../llm/chat-model.js';
import type { DomainError } from '../../platform/domain-error.js';
import type { AnswerEvent, AnswerSource, RouteChoice } from '../answer-event.js';
import type { Found } from '../system-prompt.js';
import type { FoundPassage } from '../sources/found-passage.js';
import type { LiveRun } from '../live-run.js';
import { type Overflowing, NONE_FALLEN } from '../window/fill-window.js';
import { NOT_ASKED, type Outcome } from './generate.js';

/** What is to be answered, and who hears of it. */
export interface Question {
  readonly run: LiveRun;
  readonly choice: RouteChoice;
  readonly found: Found<FoundPassage>;
  readonly emit: (event: AnswerEvent) => void;
  readonly release: (text: ReleasedText) => void;
}

/** A call that was sent. */
export interface Call {
  /** The ledger's open row; null when the model is not paid. */
  readonly usageId: number | null;
  outcome: Outcome;
}

/** What came of asking, whoever answered. */
export interface Answered {
  readonly modelId: string;
  readonly sources: readonly AnswerSource[];
  /** Older turns that it was sent for what they say. */
  readonly keptIds: readonly number[];
  /** Turns for which there was no room. */
  readonly fallen: Overflowing;
  readonly outcome: Outcome;
  /** Every call, the last one last. */
  readonly calls: readonly Call[];
  /** The limit that left no room for a call, where one did. */
  readonly refusal?: DomainError;
}

/** What is known while models are being asked. */
export interface Asking {
  /** The one that is asked now. */
  model: ChatModel;
  sources: readonly AnswerSource[];
  keptIds: readonly number[];
  fallen: Overflowing;
  outcome: Outcome;
  readonly calls: Call[];
  waitedMs: number;
  /** Why no further call may be sent, where that is so. */
  refusal?: DomainError;
}

/** What is known before the first model is asked. */
export const nobodyAsked = (model: ChatModel): Asking => ({
  ...{ model, sources: [], keptIds: [], fallen: NONE_FALLEN },
  ...{ outcome: NOT_ASKED, calls: [], waitedMs: 0 },
});
