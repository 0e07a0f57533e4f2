/** The part of `@huggingface/transformers` that is used; see `llama-library.ts` for why. */
export interface TransformersLibrary {
  readonly env: { allowRemoteModels: boolean; localModelPath: string; useFSCache: boolean };
  pipeline(
    task: 'text2text-generation',
    model: string,
    options: {
      dtype: 'fp32' | 'q8';
      device: 'cpu';
      session_options: { intraOpNumThreads: number; interOpNumThreads: number };
    },
  ): Promise<TextPipeline>;
  StoppingCriteria: new () => object;
  LogitsProcessor: new () => object;
  LogitsProcessorList: new () => { push(processor: object): void };
  TextStreamer: new (
    tokenizer: TextPipeline['tokenizer'],
    options: {
      skip_prompt: true;
      callback_function: (text: string) => void;
      token_callback_function: (tokens: readonly bigint[]) => void;
    },
  ) => object;
}

export interface TextPipeline {
  (
    text: string,
    options: {
      max_new_tokens: number;
      do_sample: boolean;
      temperature: number;
      top_k: number;
      logits_processor: object;
      stopping_criteria: object;
      streamer: object;
    },
  ): Promise<unknown>;
  readonly tokenizer: { encode(text: string): readonly number[] };
}

/** Scores of every word of the vocabulary, one row an answer. */
export interface Logits {
  readonly dims: readonly number[];
  [row: number]: { readonly data: Float32Array };
}
