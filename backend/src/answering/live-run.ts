import type { PostStatus, RunKind, User } from '#db';
import type { GuardedPrompt, ReleasedText } from '../guardrails/guarded.js';
import type { RailHit } from '../guardrails/judged-text.rules.js';
import type { Wishes } from '../posts/wishes.rules.js';
import { GrowingText } from '../platform/growing-text.js';
import type { Language } from '../platform/language.rules.js';
import type { RunTrace } from '../tracing/run-trace.js';
import type { AnswerSource, RouteChoice } from './answer-event.js';
import type { Instructions } from './system-prompt.js';

/** What is to be answered, once it has been accepted and stored. */
export interface AcceptedRun {
  /** 128 random bits in hexadecimal. */
  readonly id: string;
  readonly kind: RunKind;
  readonly postId: number;
  readonly parentId: number | null;
  readonly conversationId: number;
  readonly userId: number;
  readonly username: string;
  /** The person's, when it was asked. */
  readonly role: User['role'];
  /** What the model is asked. */
  readonly prompt: GuardedPrompt;
  /** What the person typed; differs where that called a command. */
  readonly typed: GuardedPrompt;
  /** What the body held before this run: empty unless it continues an answer. */
  readonly earlierText: ReleasedText;
  readonly instructions: Instructions;
  readonly modelId: string;
  readonly wishes: Wishes;
  readonly language: Language;
  readonly door: string;
  /** What the input rails found. */
  readonly hits?: readonly RailHit[];
  /** Nobody that is known: nothing that is the team's is read for them. */
  readonly isVisitor?: boolean;
}

/** Where an answer was looked for, and what was found there. */
export interface Standing extends RouteChoice {
  readonly sources: readonly AnswerSource[];
}

/** What the next checkpoint of a run holds. */
export interface Unstored {
  readonly part: { readonly seq: number; readonly start: number; readonly text: string };
  readonly standing: Standing | undefined;
}

/** Text that neither the database nor the spool holds. */
export interface Unkept {
  /** Where it begins in the body, in UTF-16 units. */
  readonly start: number;
  readonly text: string;
  readonly standing: Standing | undefined;
}

/**
 * Why a run ends before the model does. `lost`: another process owns it now; `unkept`: what its
 * readers see can be kept neither in the database nor on the disk.
 */
export type StopReason = 'stopped' | 'interrupted' | 'lost' | 'unkept';

/** A run that this process is answering. */
export class LiveRun {
  private readonly controller = new AbortController();
  private readonly end = Promise.withResolvers<PostStatus>();
  private readonly text: GrowingText;
  private storedLength: number;
  /** How far the spool holds the body; undefined while it holds nothing of it. */
  private spooledLength: number | undefined;
  private readonly found: RailHit[] = [];
  /** Kept beside the whole text, for cutting it off that would copy the whole text each time. */
  private unstoredText = '';
  private parts = 0;
  private unstoredStanding: Standing | undefined;

  constructor(
    readonly accepted: AcceptedRun,
    readonly trace: RunTrace,
  ) {
    this.text = new GrowingText(accepted.earlierText);
    this.storedLength = accepted.earlierText.length;
  }

  get id(): string {
    return this.accepted.id;
  }

  /** The whole body that readers have seen. */
  get released(): ReleasedText {
    return this.text.toString() as ReleasedText;
  }

  /** How long that is, in UTF-16 units; asked with each word. */
  get releasedLength(): number {
    return this.text.length;
  }

  /** What this run has added to the body. */
  get added(): ReleasedText {
    return this.released.slice(this.accepted.earlierText.length) as ReleasedText;
  }

  /** Aborted when the run must stop; the reason is a {@link StopReason}. */
  get signal(): AbortSignal {
    return this.controller.signal;
  }

  get stopReason(): StopReason | undefined {
    return this.signal.aborted ? (this.signal.reason as StopReason) : undefined;
  }

  /** Resolves when the run has been settled, and its readers told. Never rejects. */
  get ended(): Promise<PostStatus> {
    return this.end.promise;
  }

  stop(reason: StopReason): void {
    this.controller.abort(reason);
  }

  release(text: ReleasedText): void {
    this.text.add(text);
    this.unstoredText += text;
  }

  /** What rails have found since it was accepted. */
  get hits(): readonly RailHit[] {
    return this.found;
  }

  find(hits: readonly RailHit[]): void {
    this.found.push(...hits);
  }

  /** Sets what the answer stands on: stored with its first text, so that a crash keeps both. */
  standOn({ route, reason }: RouteChoice, sources: readonly AnswerSource[]): void {
    this.unstoredStanding = { route, reason, sources };
  }

  /** Released text that no checkpoint holds yet, and what it stands on where none holds that. */
  unstored(): Unstored | undefined {
    return this.unstoredText === ''
      ? undefined
      : {
          part: { seq: this.parts + 1, start: this.storedLength, text: this.unstoredText },
          standing: this.unstoredStanding,
        };
  }

  /** Whether the spool holds text of this run. */
  get isSpooled(): boolean {
    return this.spooledLength !== undefined;
  }

  /** Released text that neither a checkpoint nor the spool holds yet. */
  unkept(): Unkept | undefined {
    const start = Math.max(this.storedLength, this.spooledLength ?? 0);
    const text = this.unstoredText.slice(start - this.storedLength);
    return text === '' ? undefined : { start, text, standing: this.unstoredStanding };
  }

  /** The spool holds the body up to the offset. */
  markSpooled(end: number): void {
    this.spooledLength = end;
  }

  /** The spool holds nothing of it any more. */
  unmarkSpooled(): void {
    this.spooledLength = undefined;
  }

  /**
   * A checkpoint that ends at the offset was committed.
   * @returns whether the spool holds nothing any more that the database does not.
   */
  markStored(end: number): boolean {
    this.unstoredText = this.unstoredText.slice(end - this.storedLength);
    this.storedLength = end;
    this.parts += 1;
    this.unstoredStanding = undefined;
    if (this.spooledLength === undefined || this.spooledLength > end) return false;
    this.spooledLength = undefined;
    return true;
  }

  finish(status: PostStatus): void {
    this.end.resolve(status);
  }
}
