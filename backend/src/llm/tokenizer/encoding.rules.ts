/** How OpenAI's models cut text into tokens. */
export const ENCODINGS = ['o200k_base', 'cl100k_base'] as const;
export type Encoding = (typeof ENCODINGS)[number];

/**
 * By the model's own name, wherever it is asked: gateways put a maker before it (`openai/gpt-4o`),
 * Amazon Bedrock too (`openai.gpt-oss-20b-1:0`). The first that matches counts.
 */
const KNOWN: readonly (readonly [RegExp, Encoding])[] = [
  [/(^|[/.])(gpt-(4o|4\.[15]|5|6|oss)|chatgpt-4o|o[1-9](-|$))/, 'o200k_base'],
  [/(^|[/.])gpt-(4|3\.5)/, 'cl100k_base'],
];

/** The encoding of a model, by its id; undefined where its tokens are not OpenAI's. */
export function encodingOf(modelId: string): Encoding | undefined {
  return KNOWN.find(([pattern]) => pattern.test(modelId.toLowerCase()))?.[1];
}

/** Longer runs of one kind take the tokenizer a time that grows with the square of their length. */
const LONGEST_RUN = 400;
const RUN = new RegExp(
  String.raw`[\p{L}\p{M}]{${String(LONGEST_RUN)}}|\s{${String(LONGEST_RUN)}}|[^\s\p{L}\p{M}\p{N}]{${String(LONGEST_RUN)}}`,
  'gu',
);

/**
 * The same text in pieces that are each counted fast: nothing that anybody writes is cut, and what
 * is cut counts for one token more at most for each piece.
 */
export function countablePieces(text: string): string[] {
  const pieces: string[] = [];
  let from = 0;
  for (const { 0: run, index } of text.matchAll(RUN)) {
    pieces.push(text.slice(from, index + run.length));
    from = index + run.length;
  }
  return from < text.length ? [...pieces, text.slice(from)] : pieces;
}
