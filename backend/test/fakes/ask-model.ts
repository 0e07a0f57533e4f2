import type {
  ChatMessage,
  ChatModel,
  ModelEvent,
  StreamOptions,
} from '../../src/llm/chat-model.js';
import type { ModelFailure } from '../../src/llm/model-failure.js';

/** Deadlines that no busy machine reaches. */
export const PATIENT = { firstTokenMs: 30_000, idleMs: 30_000 };
/** Deadlines for a provider that never says another word: they are reached for certain. */
export const IMPATIENT = { firstTokenMs: 1000, idleMs: 1000 };

/** Options of a call that nobody stops, unless with the given signal. */
export function streamOptions(signal = new AbortController().signal): StreamOptions {
  return { signal, maxOutputTokens: 64, passages: [], locale: 'pt-BR' };
}

/** The texts of the events, joined. */
export function textOf(events: readonly ModelEvent[]): string {
  return events.map((event) => (event.type === 'text' ? event.text : '')).join('');
}

/** Everything a model says. */
export async function ask(
  model: ChatModel,
  messages: readonly ChatMessage[],
  wish: Partial<StreamOptions> = {},
): Promise<ModelEvent[]> {
  const events: ModelEvent[] = [];
  const options = { ...streamOptions(), ...wish };
  for await (const event of model.stream(messages, options)) events.push(event);
  return events;
}

/** What a model said before it failed, and the failure. Throws if it does not fail. */
export async function askInVain(
  model: ChatModel,
  messages: readonly ChatMessage[],
): Promise<{ said: string; failure: ModelFailure }> {
  const events: ModelEvent[] = [];
  try {
    for await (const event of model.stream(messages, streamOptions())) events.push(event);
  } catch (error) {
    return { said: textOf(events), failure: error as ModelFailure };
  }
  throw new Error(`no failure, but: ${textOf(events)}`);
}

/** Waits until something is so: for long enough that a busy machine gets there as well. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 45_000;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error('it did not come about within 45 s');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
