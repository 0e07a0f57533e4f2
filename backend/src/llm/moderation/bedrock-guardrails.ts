import { ApplyGuardrailCommand, type BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import type { GuardrailAnswer } from './guardrail-answer.js';
import { toGuardrailAnswer } from './guardrail-items.js';

/** Whose text it is: a person's or a model's. */
export type GuardrailSource = 'INPUT' | 'OUTPUT';

/** A text to be judged by a guardrail of Amazon Bedrock. */
export interface GuardrailQuestion {
  /** The guardrail's id or ARN. */
  readonly guardrail: string;
  /** `DRAFT` or a number. */
  readonly version: string;
  readonly source: GuardrailSource;
  readonly text: string;
  readonly signal: AbortSignal;
}

/**
 * Asks a guardrail of Amazon Bedrock about a text, whoever's model it is for. Import this file
 * lazily: it loads the AWS SDK.
 * @throws whatever the SDK throws: the service refuses, is away, or the signal aborts.
 */
export async function applyGuardrail(
  client: BedrockRuntimeClient,
  { guardrail, version, source, text, signal }: GuardrailQuestion,
): Promise<GuardrailAnswer> {
  const said = await client.send(
    new ApplyGuardrailCommand({
      guardrailIdentifier: guardrail,
      guardrailVersion: version,
      source,
      content: [{ text: { text } }],
    }),
    { abortSignal: signal },
  );
  return toGuardrailAnswer(said);
}
