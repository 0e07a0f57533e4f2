import { Injectable } from '@nestjs/common';
import { HitsRepository } from '../../guardrails/events/hits.repository.js';
import { RailMetrics } from '../../guardrails/events/rail-metrics.js';
import { GuardedTooLong, GuardFailure } from '../../guardrails/guard-failure.js';
import { Guardrails, type InputVerdict } from '../../guardrails/guardrails.js';
import type { GuardedPrompt } from '../../guardrails/guarded.js';
import type { Person, RailHit } from '../../guardrails/judged-text.rules.js';
import type { MaskedText } from '../../guardrails/masking/masked-text.js';
import { MaskingKey } from '../../guardrails/masking/masking-key.js';
import { DomainError } from '../../platform/domain-error.js';
import { requestHash } from '../../platform/idempotency.rules.js';
import type { StepDetails } from '../../tracing/trace.js';
import { blockedAsk, type GuardedAsk, type RailEnding } from '../guarded-ask.js';
import { railFacts } from '../rail-facts.rules.js';
import { JudgeIn } from './judge-in.js';
import type { ToGuard } from './to-guard.js';

/** Second step: the input rails judge what is asked, before anything of it is stored. */
@Injectable()
export class GuardIn {
  constructor(
    private readonly guardrails: Guardrails,
    private readonly key: MaskingKey,
    private readonly events: HitsRepository,
    private readonly metrics: RailMetrics,
    private readonly judges: JudgeIn,
  ) {}

  /** What is asked, in a form that tells only this installation whether two requests are the same. */
  hashOf(request: Readonly<Record<string, unknown>>): string {
    return this.key.digest('request', requestHash(request));
  }

  /**
   * @throws {GuardFailure} where a rail fails: nothing is stored then; {GuardedTooLong};
   * {DomainError} GUARDRAIL.BLOCKED for an answer that may not go on because of its prompt.
   */
  async judge(asked: ToGuard): Promise<GuardedAsk> {
    try {
      return await this.judges.judge(await this.judged(asked), asked);
    } catch (error) {
      if (error instanceof GuardFailure || error instanceof GuardedTooLong) {
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

  private async judged(toGuard: ToGuard): Promise<GuardedAsk> {
    const { wording, instructions, person, isContinued } = toGuard;
    const typed = await this.guardrails.longInput(wording.prompt, person);
    const asked =
      wording.asked === null ? null : await this.guardrails.longInput(wording.asked, person);
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
      return blockedAsk(
        { ...texts, policyId, hits, typed: text, asked: null, ending: undefined },
        person.language,
      );
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

const answeredBy = (verdict: InputVerdict): RailEnding | undefined =>
  verdict.action === 'answer'
    ? { status: 'done', errorCode: null, body: verdict.answer }
    : undefined;
