/**
 * The part of `node-llama-cpp` that is used. Written down here because the package itself is only
 * there where local models are installed; the suites in `backend/test/local-models` hold it.
 */
export interface LlamaLibrary {
  getLlama(options: {
    build: 'never';
    gpu: false | 'auto';
    maxThreads: number;
    progressLogs: false;
    skipDownload: true;
  }): Promise<Llama>;
  LlamaChat: new (options: { contextSequence: LlamaSequence }) => LlamaChat;
}

interface Llama {
  loadModel(options: { modelPath: string }): Promise<LlamaModel>;
}

interface LlamaModel {
  readonly tokenizer: LlamaTokenizer;
  readonly trainContextSize: number;
  createContext(options: { contextSize: number; sequences: 1 }): Promise<LlamaContext>;
}

/** A function of the library; only handed on. */
export type LlamaTokenizer = (text: string) => readonly number[];

interface LlamaContext {
  getSequence(): LlamaSequence;
}

export interface LlamaSequence {
  readonly tokenMeter: { readonly usedOutputTokens: number };
}

export type LlamaHistoryItem =
  { type: 'system' | 'user'; text: string } | { type: 'model'; response: string[] };

export interface LlamaChat {
  readonly chatWrapper: {
    generateContextState(options: { chatHistory: LlamaHistoryItem[] }): {
      readonly contextText: { tokenize(tokenizer: LlamaTokenizer): readonly number[] };
    };
  };
  generateResponse(
    history: LlamaHistoryItem[],
    options: {
      signal: AbortSignal;
      stopOnAbortSignal: true;
      maxTokens: number;
      temperature: number;
      topP: number;
      seed: number;
      onTextChunk: (text: string) => void;
    },
  ): Promise<{ readonly metadata: { readonly stopReason: string } }>;
  dispose(): void;
}
