import { Injectable } from '@nestjs/common';
import type { Post } from '#db';
import { HitsRepository } from '../../guardrails/events/hits.repository.js';
import { RailMetrics } from '../../guardrails/events/rail-metrics.js';
import { GuardFailure } from '../../guardrails/guard-failure.js';
import { Guardrails, type InputVerdict } from '../../guardrails/guardrails.js';
import type { GuardedPrompt, ReleasedText } from '../../guardrails/guarded.js';
import type { Person, RailHit } from '../../guardrails/judged-text.rules.js';
import type { MaskedText } from '../../guardrails/masking/masked-text.js';
import { MaskingKey } from '../../guardrails/masking/masking-key.js';
import { DomainError } from '../../platform/domain-error.js';
import { requestHash } from '../../platform/idempotency.rules.js';
import type { StepDetails } from '../../tracing/trace.js';
import type { GuardedAsk, RailEnding } from '../guarded-ask.js';
import type { Instructions } from '../system-prompt.js';

/** What is asked: as a person typed it, and where a command makes more of that, what the model gets. */
export type Wording = Pick<Post, 'prompt' | 'asked'>;

/** What is to be judged, of whom. */
export interface ToGuard {
  readonly wording: Wording;
  readonly instructions: Instructions;
  readonly person: Person;
  readonly userId: number;
  /** Whether it goes on in an answer: then nothing is answered in its place, nor stored. */
  readonly isContinued: boolean;
}

/** Second step: the local input rails judge what is asked, before anything of it is stored. */
@Injectable()
export class GuardIn {
  constructor(
    private readonly guardrails: Guardrails,
    private readonly key: MaskingKey,
    private readonly events: HitsRepository,
    private readonly metrics: RailMetrics,
  ) {}

  /** What is asked, in a form that tells only this installation whether two requests are the same. */
  hashOf(request: Readonly<Record<string, unknown>>): string {
    return this.key.digest('request', requestHash(request));
  }

  /**
   * @throws {GuardFailure} where a rail fails: nothing is stored then; {DomainError}
   * GUARDRAIL.BLOCKED for an answer that may not go on because of its prompt.
   */
  async judge(asked: ToGuard): Promise<GuardedAsk> {
    try {
      return this.judged(asked);
    } catch (error) {
      if (error instanceof GuardFailure) {
        const { userId, person } = asked;
        const nowhere = { conversationId: null, postId: null, runId: null };
        await this.events.add([error.hit], { userId, door: person.door, ...nowhere });
      }
      throw error;
    }
  }

  /** To be called once it was stored. */
  count(hits: readonly RailHit[]): void {
    this.metrics.count(hits);
  }

  private judged({ wording, instructions, person, isContinued }: ToGuard): GuardedAsk {
    const typed = this.guardrails.input(wording.prompt, person);
    const asked = wording.asked === null ? null : this.guardrails.input(wording.asked, person);
    const main = asked ?? typed;
    const { policyId } = main;
    const texts = {
      instructions: {
        person: this.instruction(instructions.person, person),
        conversation: this.instruction(instructions.conversation, person),
      },
    };
    const block = [main, typed].find(({ action }) => action === 'block');
    if (block) {
      if (isContinued) throw new DomainError('GUARDRAIL.BLOCKED');
      const { hits, text } = block;
      return { ...texts, policyId, hits, typed: text, asked: null, ending: BLOCKED };
    }
    const ending = isContinued ? undefined : answeredBy(main);
    const { hits } = main;
    return { ...texts, policyId, hits, typed: typed.text, asked: asked?.text ?? null, ending };
  }

  private instruction(text: string | null, person: Person): MaskedText<GuardedPrompt> | null {
    return text === null ? null : (this.guardrails.earlier(text, person) ?? null);
  }
}

/** What a trace tells of it. */
export const guardTold = ({ hits, ending }: GuardedAsk): StepDetails => ({
  facts: {
    action: ending ? ending.status : hits.some(({ action }) => action === 'mask') ? 'mask' : 'pass',
    ...railFacts(hits),
  },
});

/** What a trace tells of what rails found: never the text. */
export const railFacts = (hits: readonly RailHit[]): Record<string, string> =>
  hits.length === 0
    ? {}
    : { rails: hits.map(({ rail, rule, action }) => `${rail}/${rule}: ${action}`).join(', ') };

const BLOCKED: RailEnding = {
  status: 'blocked',
  errorCode: 'GUARDRAIL.BLOCKED',
  body: '' as ReleasedText,
};

const answeredBy = (verdict: InputVerdict): RailEnding | undefined =>
  verdict.action === 'answer'
    ? { status: 'done', errorCode: null, body: verdict.answer }
    : undefined;
