import type { Language } from '../../platform/language.rules.js';
import type { ReleasedText } from '../guarded.js';
import { JudgedBatches } from '../judged/judged-batches.js';
import { judgedHits } from '../judged/judged-hits.rules.js';
import type { JudgedEvent, Judgement } from '../judged/judged-rails.js';
import type { RailHit } from '../judged-text.rules.js';
import { MaskedText, UNNAMED } from '../masking/masked-text.js';
import type { OutputStop } from './output-rails.js';

/** What an answer's second stage needs. */
export interface JudgedOutputWork {
  readonly policyId: number;
  readonly language: Language;
  /** What was shown before, where the answer goes on. */
  readonly earlier: string;
  /** Never throws. */
  readonly judge: (text: string) => Promise<Judgement>;
  readonly release: (text: ReleasedText) => void;
}

/**
 * Second stage of an answer: what the local rails let go waits here for rails that ask a model or a
 * service. Nothing is let out before they have seen it.
 */
export class JudgedOutput {
  private readonly batches: JudgedBatches;
  private readonly events: JudgedEvent[] = [];
  private readonly over = new AbortController();
  private stopped: OutputStop['code'] | undefined;

  constructor(private readonly work: JudgedOutputWork) {
    this.batches = new JudgedBatches(
      work.judge,
      {
        pass: (text, judgement) => {
          this.events.push(...judgement.events);
          this.release(text, judgement);
        },
        stop: (judgement) => {
          this.events.push(...judgement.events);
          this.stopped =
            judgement.action === 'failed' ? 'GUARDRAIL.FAILED' : 'GUARDRAIL.ANSWER_BLOCKED';
          this.over.abort('blocked');
        },
      },
      work.earlier,
    );
  }

  /** Aborted once nothing more is let out: whoever writes the text should stop. */
  get signal(): AbortSignal {
    return this.over.signal;
  }

  /** Why nothing more is let out; undefined while it is. */
  get stop(): OutputStop['code'] | undefined {
    return this.stopped;
  }

  push(text: ReleasedText): void {
    this.batches.push(text);
  }

  /** Everything is judged, and let out or not. */
  end(): Promise<void> {
    return this.batches.end();
  }

  hits(): readonly RailHit[] {
    return judgedHits(this.work.policyId, 'output', this.events);
  }

  /** What is hidden in an answer is hidden for good: nobody gave it to be read again. */
  private release(text: string, { spans }: Judgement): void {
    const hidden = spans.map(({ start, end, kind }) => ({ start, end, by: { kind } }));
    this.work.release(new MaskedText<ReleasedText>(text, hidden).with(UNNAMED));
  }
}
