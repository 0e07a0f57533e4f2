import type { PostStatus } from '#db';
import type { ChatModel } from '../llm/chat-model.js';
import { type Cost, usdOf } from '../llm/cost.rules.js';
import { parseModelId } from '../llm/model-ids.rules.js';
import type { StepDetails, TracedCall, TracedRun } from '../tracing/trace.js';
import type { ContextUse } from './answer-event.js';
import type { LiveRun } from './live-run.js';
import type { Fitted } from './steps/fit.js';
import type { Outcome } from './steps/generate.js';

/** What a trace tells of the context window. */
export const contextTold = ({ limit, used, reserved, left }: ContextUse): StepDetails => ({
  facts: { limit, used, reserved, left_out: left.length },
});

/**
 * What a trace tells of one call to a model.
 * @param own what is said of it besides: the ledger's row by its id, by which the two are compared.
 */
export function callTold(
  run: LiveRun,
  model: ChatModel,
  { messages }: Pick<Fitted, 'messages'>,
  outcome: Outcome,
  own: { readonly usage_id: number | null; readonly attempt?: number },
): StepDetails {
  const { promptTokens, cachedTokens, completionTokens, ttftMs, errorCode, cost } = outcome;
  return {
    facts: {
      ...own,
      status: outcome.status,
      estimated: outcome.estimated,
      price_source: cost?.source ?? null,
      price_as_of: cost?.asOf ?? null,
    },
    call: {
      messages,
      answer: run.added,
      // A server of one's own has a name that no list of prices knows.
      provider: outcome.payee ?? `own_${model.provider}`,
      model: parseModelId(model.id).name,
      counted: model.provider !== 'quotes',
      promptTokens,
      cachedTokens,
      completionTokens,
      cost: cost && dollars(cost),
      ttftMs,
      errorCode,
    },
  };
}

/**
 * What a trace tells of a run as a whole.
 * @param modelId the model that answered, or was asked last.
 */
export function runTold(
  run: LiveRun,
  modelId: string,
  status: PostStatus,
  errorCode: string | null,
): TracedRun {
  const { id, postId, conversationId, userId, kind, door, prompt } = run.accepted;
  return {
    runId: id,
    postId,
    conversationId,
    userId,
    kind,
    door,
    modelId,
    prompt,
    answer: run.added,
    status,
    errorCode,
  };
}

/** What a trace tells of a summary as a whole; its post is the one after which it was written. */
export const summaryTold = (own: LiveRun, modelId: string, outcome: Outcome): TracedRun => ({
  ...runTold(own, modelId, outcome.status, outcome.errorCode),
  kind: 'summary',
  prompt: null,
});

const dollars = ({ inputNanoUsd, outputNanoUsd, totalNanoUsd }: Cost): TracedCall['cost'] => ({
  input: usdOf(inputNanoUsd),
  output: usdOf(outputNanoUsd),
  total: usdOf(totalNanoUsd),
});
