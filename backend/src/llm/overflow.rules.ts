/** What a provider says of a prompt that is too long for its model. In tokens. */
export interface Overflow {
  /** What prompt and answer may come to together. */
  readonly limit?: number;
  /** What the prompt came to. */
  readonly counted?: number;
}

/** No window of a model that answers is smaller, or larger: a number beyond is of something else. */
const SMALLEST = 256;
const LARGEST = 100_000_000;

/**
 * How providers name their limit. OpenAI and vLLM: "This model's maximum context length is 8192
 * tokens. However, your messages resulted in 9000 tokens"; llama.cpp: "n_ctx":4096 beside
 * "n_prompt_tokens":5000, or "the request exceeds the available context size (4096 tokens)";
 * Anthropic on Bedrock: "prompt is too long: 205000 tokens > 200000 maximum"; Mistral: "Prompt
 * contains 40000 tokens … model with 32768 maximum context length".
 */
const LIMITS = [
  /maximum context length (?:is|of) (\d[\d,]*)/i,
  /context (?:size|length|window)[^.\d]{0,40}?(\d[\d,]*) tokens/i,
  /"?n_ctx"?\s*[:=]\s*(\d+)/,
  /tokens\s*>\s*(\d[\d,]*)\s*maximum/i,
  /with (\d[\d,]*) maximum context length/i,
];
const COUNTS = [
  /messages resulted in (\d[\d,]*) tokens/i,
  /\((\d[\d,]*) in the messages/i,
  /"?n_prompt_tokens"?\s*[:=]\s*(\d+)/,
  /too long: (\d[\d,]*) tokens/i,
  /prompt contains (?:at least )?(\d[\d,]*) (?:input )?tokens/i,
];

/** The limit and the count that a provider's words name; whatever they do not, or wrongly, is absent. */
export function overflowIn(words: string): Overflow {
  const limit = firstOf(LIMITS, words);
  const counted = firstOf(COUNTS, words);
  return {
    ...(limit === undefined ? {} : { limit }),
    ...(counted === undefined ? {} : { counted }),
  };
}

function firstOf(patterns: readonly RegExp[], words: string): number | undefined {
  for (const pattern of patterns) {
    const value = Number(pattern.exec(words)?.[1]?.replaceAll(',', ''));
    if (value >= SMALLEST && value <= LARGEST) return value;
  }
  return undefined;
}
