import {
  ChatModel,
  type ChatMessage,
  type ModelEvent,
  type Provider,
  type StreamOptions,
} from '../../src/llm/chat-model.js';
import { toModelFailure } from '../../src/llm/failure.rules.js';
import { finishReason } from '../../src/llm/finish.rules.js';

/** One line of an answer: a piece of text, or the end with its counts. */
interface Line {
  readonly message?: { readonly content?: string };
  readonly done?: boolean;
  readonly done_reason?: string;
  readonly prompt_eval_count?: number;
  readonly eval_count?: number;
  readonly error?: string;
}

/** A model over Ollama's own protocol, which takes the context window with each request. */
export class OllamaModel extends ChatModel {
  constructor(
    readonly id: string,
    readonly provider: Provider,
    readonly contextWindow: number,
    private readonly name: string,
    private readonly address: string,
  ) {
    super();
  }

  async *stream(
    messages: readonly ChatMessage[],
    { signal, maxOutputTokens }: StreamOptions,
  ): AsyncGenerator<ModelEvent> {
    let answered = false;
    try {
      const answer = await fetch(new URL('/api/chat', this.address), {
        method: 'POST',
        body: JSON.stringify({
          model: this.name,
          messages: messages.map(({ role, text }) => ({ role, content: text })),
          options: { num_ctx: this.contextWindow, num_predict: maxOutputTokens },
        }),
        redirect: 'error',
        signal,
      });
      if (!answer.ok) {
        throw Object.assign(new Error(await answer.text()), { status: answer.status });
      }
      for await (const line of linesOf(answer)) {
        if (line.error !== undefined) throw new Error(line.error);
        const text = line.message?.content ?? '';
        answered ||= text !== '';
        yield { type: 'text', text };
        if (line.done) yield* ending(line);
      }
    } catch (error) {
      if (signal.aborted) return;
      const said = messages.map(({ text }) => text);
      throw toModelFailure(error, answered, { said });
    }
  }
}

async function* linesOf({ body }: Response): AsyncGenerator<Line> {
  let rest = '';
  for await (const text of body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield JSON.parse(line) as Line;
  }
}

function* ending({ prompt_eval_count, eval_count, done_reason }: Line): Generator<ModelEvent> {
  if (prompt_eval_count !== undefined && eval_count !== undefined) {
    yield { type: 'usage', promptTokens: prompt_eval_count, completionTokens: eval_count };
  }
  yield { type: 'finish', reason: finishReason(done_reason ?? 'stop') };
}
