import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { ChatMessage } from '../chat-model.js';
import { type Engine, EngineError } from './engine.js';
import { localPackages } from './packages.js';
import type { LoadOrder } from './protocol.js';
import { keepNucleus } from './top-p.rules.js';
import type { Logits, TextPipeline, TransformersLibrary } from './transformers-library.js';

/**
 * Loads the ONNX export of a T5 with transformers.js, in this process: call it in a child only,
 * because each token blocks the event loop.
 * @throws {EngineError} NOT_INSTALLED, FILE_INVALID.
 */
export async function t5Engine(order: LoadOrder): Promise<Engine> {
  const library = await localPackages<TransformersLibrary>('transformers').catch(
    (error: unknown) => {
      throw new EngineError('NOT_INSTALLED', String(error));
    },
  );
  const pipe = await openPipeline(library, order).catch((error: unknown) => {
    throw new EngineError('FILE_INVALID', String(error));
  });
  return {
    async generate({ messages, maxTokens, sampling }, signal, onText) {
      const text = asText(messages);
      const promptTokens = pipe.tokenizer.encode(text).length;
      // The pipeline would cut the end off, which is the question, without a word.
      if (promptTokens > order.contextWindow) {
        throw new EngineError('OVERFLOW', 'the prompt exceeds the model’s window');
      }
      let completionTokens = 0;
      const { temperature, topP } = sampling;
      await pipe(text, {
        max_new_tokens: maxTokens,
        do_sample: temperature > 0,
        temperature: temperature > 0 ? temperature : 1,
        top_k: 0,
        logits_processor: nucleus(library, temperature > 0 ? topP : 1),
        stopping_criteria: stopWhen(library, signal),
        streamer: new library.TextStreamer(pipe.tokenizer, {
          skip_prompt: true,
          callback_function: onText,
          token_callback_function: (tokens) => {
            completionTokens += tokens.length;
          },
        }),
      });
      const ended = completionTokens >= maxTokens ? 'length' : 'stop';
      return { promptTokens, completionTokens, reason: signal.aborted ? 'stopped' : ended };
    },
  };
}

function openPipeline(library: TransformersLibrary, order: LoadOrder): Promise<TextPipeline> {
  library.env.allowRemoteModels = false;
  library.env.useFSCache = false;
  library.env.localModelPath = dirname(order.path);
  return library.pipeline('text2text-generation', basename(order.path), {
    dtype: existsSync(join(order.path, 'onnx/encoder_model.onnx')) ? 'fp32' : 'q8',
    device: 'cpu',
    session_options: { intraOpNumThreads: order.threads, interOpNumThreads: 1 },
  });
}

/** T5 knows one text, no roles: what was said, in order, the question last. */
const asText = (messages: readonly ChatMessage[]): string =>
  messages.map(({ text }) => text).join('\n\n');

/** transformers.js reads `top_p` and does nothing with it. */
function nucleus(library: TransformersLibrary, topP: number): object {
  const list = new library.LogitsProcessorList();
  class Nucleus extends library.LogitsProcessor {
    _call(_tokens: unknown, logits: Logits): Logits {
      for (let row = 0; row < (logits.dims[0] ?? 0); row += 1) {
        const scores = logits[row];
        if (scores) keepNucleus(scores.data, topP);
      }
      return logits;
    }
  }
  if (topP < 1) list.push(new Nucleus());
  return list;
}

/** Its way to stop, for it knows no AbortSignal. */
function stopWhen(library: TransformersLibrary, signal: AbortSignal): object {
  class Stopped extends library.StoppingCriteria {
    _call(answers: readonly unknown[]): boolean[] {
      return answers.map(() => signal.aborted);
    }
  }
  return new Stopped();
}
