/** Taken for a model we know nothing of: the smallest still in wide use. */
export const CAUTIOUS_WINDOW = 8192;

/**
 * Ollama cuts prompts at 4,096 tokens unless told otherwise (`OLLAMA_CONTEXT_LENGTH`), whatever the
 * model could take; a prompt beyond that loses its beginning without a word.
 */
export const OLLAMA_WINDOW = 4096;

/**
 * Context windows in tokens, prompt and answer together, as their makers state them; last looked at
 * in November 2026. The first pattern that the name matches counts. Names are the provider's:
 * Bedrock's may carry a region (`us.`) or be an ARN around the name.
 */
const WINDOWS: readonly (readonly [RegExp, number])[] = [
  [/mistral-large-2402/, 32_768],
  [/mistral-large-3/, 256_000],
  [/mistral-(large|small|medium|nemo)|ministral|pixtral|magistral|codestral|devstral/, 128_000],
  [/mixtral-8x22b/, 65_536],
  [/mixtral|mistral-7b|mistral:7b/, 32_768],
  [/gpt-5/, 400_000],
  [/gpt-4\.1/, 1_047_576],
  [/gpt-4o|gpt-4-turbo|chatgpt-4o|o1-mini|o1-preview|gpt-oss/, 128_000],
  [/\bo[134](-|$)/, 200_000],
  [/gpt-4-32k/, 32_768],
  [/gpt-4/, 8192],
  [/gpt-3\.5/, 16_385],
  [/claude-(instant|v2$|v2:0)/, 100_000],
  [/claude/, 200_000],
  [/llama-?3[.-][123]/, 128_000],
  [/llama-?4/, 1_000_000],
  [/llama-?3/, 8192],
  [/llama-?2/, 4096],
  [/nova-micro/, 128_000],
  [/nova-premier|nova-2/, 1_000_000],
  [/nova-(lite|pro)/, 300_000],
  [/palmyra-x5/, 1_000_000],
  [/palmyra/, 128_000],
  [/jamba-1-5/, 256_000],
  [/titan-text-premier/, 32_000],
  [/titan-text-express/, 8192],
  [/titan-text-lite/, 4096],
  [/command-r/, 128_000],
  [/deepseek/, 128_000],
  [/qwen-?3/, 32_768],
  [/qwen-?2/, 32_768],
  [/gemma-?3/, 128_000],
  [/gemma/, 8192],
  [/phi-?3|phi-?4/, 16_384],
];

/**
 * The context window of a model, in tokens.
 * @param fallback Of a model that is not in the table (`MODEL_CONTEXT_WINDOW`).
 */
export function contextWindow(model: string, fallback = CAUTIOUS_WINDOW): number {
  const name = model.toLowerCase();
  return WINDOWS.find(([pattern]) => pattern.test(name))?.[1] ?? fallback;
}

/**
 * Longest answers in tokens, where that is less than an operator may wish for; a provider refuses to
 * be asked for more. Looked up in November 2026, in the sources below. The first
 * pattern that the name matches counts.
 * - Mistral, Titan: Amazon Bedrock user guide, model-parameters-mistral-text-completion and
 *   model-parameters-titan-text; the card of Mistral Large 2402 says 4K, its parameters 8,192
 * - Nova: Amazon Nova user guide, complete request schema (`maxTokens`, at most 5k)
 * - Llama, Command R, Claude, GPT: the lists that clients of these models carry, not the makers'
 *   own pages; they disagree about Llama from 3.2 on (2,048 or 8,192)
 */
const OUTPUT_LIMITS: readonly (readonly [RegExp, number])[] = [
  [/mixtral-8x7b/, 4096],
  [/mistral-(large|small)-2402|mistral-7b/, 8192],
  [/claude-(instant|v2|3-(opus|sonnet|haiku))/, 4096],
  [/claude-3-5/, 8192],
  [/claude-opus-4-(1-)?20/, 32_000],
  [/claude-(3-7|sonnet-4-(5-)?20|(haiku|opus)-4-5)/, 64_000],
  [/meta\.llama3(-1)?-\d+b/, 2048],
  [/meta\.llama[34]/, 8192],
  [/nova-(micro|lite|pro|premier)/, 5000],
  [/titan-text-express/, 8192],
  [/titan-text-lite/, 4096],
  [/titan-text-premier/, 3072],
  [/command-r/, 4000],
  [/gpt-4o-2024-05-13/, 4096],
  [/gpt-4o/, 16_384],
  [/gpt-4\.1/, 32_768],
  [/gpt-4-turbo|gpt-3\.5/, 4096],
];

/** The longest answer that a model can give, in tokens; undefined where that is not known. */
export function outputLimit(model: string): number | undefined {
  const name = model.toLowerCase();
  return OUTPUT_LIMITS.find(([pattern]) => pattern.test(name))?.[1];
}
