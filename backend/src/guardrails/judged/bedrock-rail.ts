import { Injectable } from '@nestjs/common';
import type { GuardrailAnswer } from '../../llm/moderation/guardrail-answer.js';
import { GuardrailService } from '../../llm/moderation/guardrail-service.js';
import { UsageLedger } from '../../usage/usage-ledger.js';
import { verdictOf } from './bedrock-verdict.rules.js';
import { guardrailName, guardrailOutcome } from './guardrail-outcome.rules.js';
import { judgedInPieces } from './in-pieces.js';
import { JudgedRail, type JudgedVerdict, type JudgeRequest } from './judged-rail.js';
import type { PieceSize } from './pieces.rules.js';

/**
 * 25 text units of up to 1,000 characters a second is what an account may send at first (quotas of
 * `ApplyGuardrail`, second-hand): a longer text would be refused whatever it says.
 */
const IN_ONE_CALL: PieceSize = { longest: 20_000, overlap: 500, most: 12 };

/** Amazon Bedrock Guardrails, for whatever model: one call of `ApplyGuardrail` a text. */
@Injectable()
export class BedrockRail extends JudgedRail {
  override readonly name = 'bedrock';

  constructor(
    private readonly service: GuardrailService,
    private readonly usage: UsageLedger,
  ) {
    super();
  }

  /** @throws whatever the AWS SDK throws; {TooLongToJudge}. */
  override judge(request: JudgeRequest): Promise<JudgedVerdict> {
    return judgedInPieces(request.text, IN_ONE_CALL, request.signal, (text, signal) =>
      this.once({ ...request, text, signal }),
    );
  }

  private async once({ stage, text, setting, run, signal }: JudgeRequest): Promise<JudgedVerdict> {
    const { guardrail = '', version = 'DRAFT' } = setting.options;
    const usageId = await this.usage.open({
      ...{ ...run, purpose: 'guardrail', provider: 'bedrock', promptEstimate: null },
      model: guardrailName({ id: guardrail, version }),
    });
    const startedAt = performance.now();
    let answer: GuardrailAnswer | undefined;
    try {
      const source = stage === 'output' ? 'OUTPUT' : 'INPUT';
      answer = await this.service.apply({ guardrail, version, source, text, signal });
      return verdictOf(answer, text);
    } finally {
      await this.usage.closeNow(
        usageId,
        guardrailOutcome(answer?.units, performance.now() - startedAt),
      );
    }
  }
}
