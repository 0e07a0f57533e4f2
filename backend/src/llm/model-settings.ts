/** What a provider is asked to do differently; absent: as the provider has it. */
export interface ModelParameters {
  /** 0 to 2; how freely the next word is chosen. */
  readonly temperature?: number;
  /** Above 0, up to 1; the part of the likeliest words that is chosen from. */
  readonly topP?: number;
  /** Texts at which the answer ends. */
  readonly stop?: readonly string[];
}

/** US dollars per million tokens, as an operator has agreed them. */
export interface ModelPrices {
  readonly input: number;
  readonly output: number;
  /** Of what the provider read from its cache; absent: the same as `input`. */
  readonly cachedInput?: number;
  /** The day from which they hold, `2026-09-23`. */
  readonly asOf: string;
  /** Where they stand: a contract, a page. */
  readonly source?: string;
}

/** What an operator says of one model. */
export interface ModelSettings {
  /** Tokens that prompt and answer share. */
  readonly contextWindow?: number;
  /** Longest answer, in tokens. */
  readonly maxOutputTokens?: number;
  /** The model behind a profile whose name does not say which, by Bedrock's id. */
  readonly base?: string;
  /** False: what this model was asked goes to no other when it fails. */
  readonly fallback?: boolean;
  readonly parameters: ModelParameters;
  readonly prices?: ModelPrices;
}
