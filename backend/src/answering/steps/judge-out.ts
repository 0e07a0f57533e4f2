import { Injectable, Logger } from '@nestjs/common';
import type { ReleasedText } from '../../guardrails/guarded.js';
import {
  guardrailName,
  guardrailOutcome,
} from '../../guardrails/judged/guardrail-outcome.rules.js';
import { JudgedRails } from '../../guardrails/judged/judged-rails.js';
import { JudgedOutput } from '../../guardrails/output/judged-output.js';
import { type JudgedSetting, PolicyInForce } from '../../guardrails/policy/policy.js';
import type { ChatModel, ModelGuardrail } from '../../llm/chat-model.js';
import { UsageLedger } from '../../usage/usage-ledger.js';
import type { LiveRun } from '../live-run.js';
import { AskJudge } from './ask-judge.js';
import type { Generated, Outcome } from './generate.js';

/** Rails that ask a model or a service, behind the local ones of an answer. */
@Injectable()
export class JudgeOut {
  private readonly logger = new Logger(JudgeOut.name);

  constructor(
    private readonly inForce: PolicyInForce,
    private readonly rails: JudgedRails,
    private readonly asking: AskJudge,
    private readonly usage: UsageLedger,
  ) {}

  /** @returns undefined where no such rail is on: nothing is to be waited for. */
  begin(
    run: LiveRun,
    model: ChatModel,
    release: (text: ReleasedText) => void,
  ): JudgedOutput | undefined {
    const { accepted } = run;
    const policy = this.inForce.current;
    const settings = this.rails
      .usable(policy.judged('output', accepted))
      .filter((one) => !isInModel(one, model));
    if (settings.length === 0) return undefined;
    const { userId, username, conversationId, postId, door, language, prompt } = accepted;
    const place = { runId: run.id, userId, username, conversationId, postId, door };
    return new JudgedOutput({
      ...{ policyId: policy.id, language, release, earlier: accepted.earlierText },
      judge: (text) =>
        this.rails.judge(settings, {
          ...{ stage: 'output', text, prompt, language, run: place },
          ask: this.asking.of(place, model.id),
          decide: (rail, rule) => policy.action({ rail, rule }, 'output', accepted),
          signal: run.signal,
        }),
    });
  }

  /** Puts into the ledger what Converse said of a guardrail that it applied itself. Never throws. */
  async paid(
    { id: runId, accepted }: LiveRun,
    guardrail: ModelGuardrail | undefined,
    { guarded, outcome: { durationMs } }: Generated,
  ): Promise<void> {
    if (!guardrail || !guarded) return;
    const { userId, username, conversationId, postId, door } = accepted;
    try {
      const usageId = await this.usage.open({
        ...{ runId, userId, username, conversationId, postId, door, purpose: 'guardrail' },
        ...{ provider: 'bedrock', model: guardrailName(guardrail), promptEstimate: null },
      });
      await this.usage.closeNow(usageId, guardrailOutcome(guarded, durationMs));
    } catch (error) {
      this.logger.warn({ err: error, runId }, 'what a guardrail cost is not in the ledger');
    }
  }

  /** The guardrail that a model of Bedrock is to be watched by as it answers. */
  inModel({ accepted }: LiveRun, model: ChatModel): ModelGuardrail | undefined {
    const { options } =
      this.inForce.current.judged('output', accepted).find((one) => isInModel(one, model)) ?? {};
    const { guardrail: id, version } = options ?? {};
    return id === undefined || version === undefined ? undefined : { id, version };
  }
}

const isInModel = ({ rail, options }: JudgedSetting, { provider }: ChatModel): boolean =>
  rail === 'bedrock' && options['inModel'] === 'true' && provider === 'bedrock';

/** How a call ended whose answer was judged: nothing that was held back counts as shown. */
export function afterJudging(generated: Generated, judged: JudgedOutput, run: LiveRun): Generated {
  const code = judged.stop;
  if (code === undefined || run.stopReason !== undefined) return generated;
  const broken = run.added === '' ? 'failed' : 'interrupted';
  const outcome: Outcome = {
    ...generated.outcome,
    status: code === 'GUARDRAIL.ANSWER_BLOCKED' ? 'blocked' : broken,
    errorCode: code,
  };
  return { ...generated, outcome, failure: undefined, failed: undefined };
}
