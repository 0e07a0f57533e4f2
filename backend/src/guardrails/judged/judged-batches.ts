import type { Judgement } from './judged-rails.js';

/** The first verdict is asked for after so much text, or at the end of a sentence before. */
const FIRST = 200;
/**
 * Every other: a text unit of Bedrock is up to 1,000 characters, and each part of one is charged
 * whole ("Amazon Bedrock pricing", Guardrails).
 */
const NEXT = 1000;
/** Of what was judged before, so much is judged again: what is wrong may lie across a border. */
const OVERLAP = 120;
/** The end of a sentence, with what closes it. */
const SENTENCE_END = /[.!?…]["'”’)\]]*\s|\n\n/gu;

/** Where the next part to be judged ends; 0 while there is not enough. */
export function batchEnd(waiting: string, isFirst: boolean): number {
  if (!isFirst) return waiting.length >= NEXT - OVERLAP ? waiting.length : 0;
  if (waiting.length >= FIRST) return waiting.length;
  const last = [...waiting.matchAll(SENTENCE_END)].at(-1);
  return last ? last.index + last[0].length : 0;
}

/** What follows from a verdict on a part of an answer. */
export interface BatchListener {
  /** A part may be shown, as it stands or with its masks. */
  pass(text: string, judgement: Judgement): void;
  /** Nothing of it, nor of what follows, may be shown. */
  stop(judgement: Judgement): void;
}

/**
 * An answer on its way through rails that take their time: parts are judged one after the other and
 * shown only then, while the model goes on.
 */
export class JudgedBatches {
  private waiting = '';
  private before: string;
  private isFirst = true;
  private stopped = false;
  private work: Promise<void> | undefined;

  /**
   * @param judge never throws.
   * @param earlier what was shown before, where the answer goes on.
   */
  constructor(
    private readonly judge: (text: string) => Promise<Judgement>,
    private readonly listener: BatchListener,
    earlier = '',
  ) {
    this.before = tailOf(earlier);
  }

  push(text: string): void {
    if (this.stopped) return;
    this.waiting += text;
    this.begin();
  }

  /** Everything is judged, and shown or not. */
  async end(): Promise<void> {
    while (this.work) await this.work;
    if (!this.stopped && this.waiting !== '') await this.next(this.waiting.length);
  }

  private begin(): void {
    if (this.work || this.stopped) return;
    const end = batchEnd(this.waiting, this.isFirst);
    if (end === 0) return;
    this.work = this.next(end).finally(() => {
      this.work = undefined;
      this.begin();
    });
  }

  private async next(end: number): Promise<void> {
    const text = this.waiting.slice(0, end);
    const { before } = this;
    this.waiting = this.waiting.slice(end);
    this.isFirst = false;
    const judgement = await this.judge(before + text);
    if (judgement.action === 'block' || judgement.action === 'failed') {
      this.stopped = true;
      this.waiting = '';
      this.listener.stop(judgement);
      return;
    }
    this.before = tailOf(text);
    this.listener.pass(text, shifted(judgement, before.length, text.length));
  }
}

const tailOf = (text: string): string => text.slice(-OVERLAP).toWellFormed();

/** Spans as they lie in the new part: what was shown before can be masked no more. */
function shifted(judgement: Judgement, by: number, length: number): Judgement {
  const spans = judgement.spans
    .map((span) => ({ ...span, start: Math.max(0, span.start - by), end: span.end - by }))
    .filter(({ start, end }) => end > start && start < length);
  return { ...judgement, spans };
}
