import type { ChatMessage } from '../chat-model.js';
import { type Engine, EngineError } from './engine.js';
import type { LlamaHistoryItem, LlamaLibrary } from './llama-library.js';
import { localPackages } from './packages.js';
import type { LoadOrder } from './protocol.js';

/** Metal is what the only build for Apple's processors has; elsewhere the CPU is meant. */
const GPU = process.platform === 'darwin' && process.arch === 'arm64' ? 'auto' : false;
/** A seed has 32 bits. */
const SEEDS = 2 ** 32;

/**
 * Loads a GGUF file with llama.cpp, in this process: call it in a child only.
 * @throws {EngineError} NOT_INSTALLED, FILE_INVALID.
 */
export async function llamaEngine(order: LoadOrder): Promise<Engine> {
  const library = await localPackages<LlamaLibrary>('nodeLlamaCpp').catch((error: unknown) => {
    throw new EngineError('NOT_INSTALLED', String(error));
  });
  // Without `maxThreads` it takes four at least, which on two cores is a hundred times slower.
  const llama = await library.getLlama({
    build: 'never',
    gpu: GPU,
    maxThreads: order.threads,
    progressLogs: false,
    skipDownload: true,
  });
  const model = await llama.loadModel({ modelPath: order.path }).catch((error: unknown) => {
    throw new EngineError('FILE_INVALID', String(error));
  });
  const contextSize = Math.min(order.contextWindow, model.trainContextSize);
  const context = await model.createContext({ contextSize, sequences: 1 });
  // One sequence for all: what the next prompt has in common with the last is not read again.
  const sequence = context.getSequence();

  return {
    async generate({ messages, maxTokens, sampling }, signal, onText) {
      const chat = new library.LlamaChat({ contextSequence: sequence });
      const spoken = sequence.tokenMeter.usedOutputTokens;
      try {
        const chatHistory = historyOf(messages);
        // Counted, not metered: the meter leaves out what it had read before.
        const { contextText } = chat.chatWrapper.generateContextState({ chatHistory });
        const promptTokens = contextText.tokenize(model.tokenizer).length;
        const room = contextSize - promptTokens;
        if (room < 1) throw new EngineError('OVERFLOW', 'the prompt exceeds the context window');
        const { metadata } = await chat.generateResponse(chatHistory, {
          signal,
          stopOnAbortSignal: true,
          // Beyond the window it would silently forget the beginning.
          maxTokens: Math.min(maxTokens, room),
          temperature: sampling.temperature,
          topP: sampling.topP,
          seed: Math.floor(Math.random() * SEEDS),
          onTextChunk: onText,
        });
        const completionTokens = sequence.tokenMeter.usedOutputTokens - spoken;
        return { promptTokens, completionTokens, reason: reasonOf(metadata.stopReason) };
      } finally {
        chat.dispose();
      }
    },
  };
}

/** The turns in llama.cpp's words; the model's own template puts the marks around them. */
function historyOf(messages: readonly ChatMessage[]): LlamaHistoryItem[] {
  return [
    ...messages.map(({ role, text }): LlamaHistoryItem =>
      role === 'assistant' ? { type: 'model', response: [text] } : { type: role, text },
    ),
    { type: 'model', response: [''] },
  ];
}

function reasonOf(stopReason: string): 'stop' | 'length' | 'stopped' {
  if (stopReason === 'abort') return 'stopped';
  return stopReason === 'maxTokens' ? 'length' : 'stop';
}
