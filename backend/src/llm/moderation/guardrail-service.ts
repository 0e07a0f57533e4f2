import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { ENV } from '../../config/config.module.js';
import { type BedrockEnv, bedrockAccess } from '../providers/bedrock-access.js';
import type { GuardrailQuestion } from './bedrock-guardrails.js';
import type { GuardrailAnswer } from './guardrail-answer.js';

/** Guardrails of Amazon Bedrock; the AWS SDK is loaded at first use. */
@Injectable()
export class GuardrailService implements OnModuleDestroy {
  private client: Promise<BedrockRuntimeClient> | undefined;

  constructor(@Inject(ENV) private readonly env: BedrockEnv) {}

  /** @throws whatever the AWS SDK throws: the service refuses, is away, or the signal aborts. */
  async apply(question: GuardrailQuestion): Promise<GuardrailAnswer> {
    const { applyGuardrail } = await import('./bedrock-guardrails.js');
    this.client ??= import('../providers/bedrock.js').then(({ bedrockClient }) =>
      bedrockClient(bedrockAccess(this.env)),
    );
    return applyGuardrail(await this.client, question);
  }

  async onModuleDestroy(): Promise<void> {
    (await this.client)?.destroy();
  }
}
