import type { FinishReason } from './chat-model.js';

const REASONS: Readonly<Record<string, FinishReason>> = {
  // OpenAI
  stop: 'stop',
  length: 'length',
  content_filter: 'filtered',
  // Bedrock
  end_turn: 'stop',
  stop_sequence: 'stop',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  content_filtered: 'filtered',
  guardrail_intervened: 'guarded',
};

/** The provider's reason in our words; one we do not know still means that it finished. */
export function finishReason(said: string): FinishReason {
  return REASONS[said] ?? 'stop';
}
