/** Vectors of texts, in their order, each of length 1. */
export interface Embedded {
  readonly vectors: readonly Float32Array[];
  /** As the provider counted them; null: it did not. */
  readonly tokens: number | null;
}

/** A model that makes vectors of texts: what is meant alike lies close together. */
export abstract class Embedder {
  /** As `EMBEDDING_MODEL` names it. */
  abstract readonly id: string;
  abstract readonly provider: 'openai' | 'bedrock' | 'local';
  /** Of the server that is asked, where its price depends on it. */
  abstract readonly endpoint: string | undefined;
  /** Numbers in a vector. */
  abstract readonly dimension: number;
  /** Texts in one call. */
  abstract readonly most: number;

  /**
   * Makes a vector of each text, in one call.
   * @throws {ModelFailure}
   */
  abstract embed(texts: readonly string[], signal: AbortSignal): Promise<Embedded>;

  /** Ends what it has started. */
  abstract close(): Promise<void>;
}
