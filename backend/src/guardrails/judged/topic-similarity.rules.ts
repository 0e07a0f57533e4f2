import type { PieceSize } from './pieces.rules.js';

/** A disallowed topic, as its file has it. */
export interface ComparedTopic {
  readonly name: string;
  readonly examples: readonly string[];
  readonly counterexamples: readonly string[];
  /** From which cosine on a text is of this topic; absent: as for all topics. */
  readonly similarity?: number | undefined;
}

/** A topic by the vectors of what is and is not asked of it, each of length 1. */
export interface VectorTopic {
  readonly name: string;
  readonly similarity: number | undefined;
  readonly examples: readonly Float32Array[];
  readonly counterexamples: readonly Float32Array[];
}

/**
 * From which cosine on two questions are of one topic, by family of models: their scales differ.
 * Routers of questions begin at 0.3 (OpenAI's third generation, Titan), 0.5 (small ONNX models), 0.7
 * (BGE) and 0.82 (ada-002), since a wrong route costs little: semantic-router's encoders. A wrong
 * block costs a person their question, so each lies a third of the way from there to 1; E5 puts
 * whatever it is given above 0.7, as its authors say. Not measured by us.
 */
const SIMILARITY: readonly (readonly [RegExp, number])[] = [
  [/text-embedding-3|titan-embed/, 0.53],
  [/ada-002/, 0.88],
  [/\be5\b|-e5-/, 0.88],
  [/bge/, 0.8],
];
const SIMILARITY_OF_OTHERS = 0.67;

/** Where neither a topic nor the policy says. @param model as `EMBEDDING_MODEL` names it. */
export const usualSimilarity = (model: string): number =>
  SIMILARITY.find(([family]) => family.test(model))?.[1] ?? SIMILARITY_OF_OTHERS;

/** Pieces of a text: a question among other sentences loses itself in a longer one. */
const PIECE = 500;
const OVERLAP = 100;
/** The longest prompt that is accepted has so many; of it the pieces are longer. */
const MOST_PIECES = 128;
/** Of a piece; 512 tokens is what the smallest models read (at 4 characters each). */
const LONGEST_PIECE = 2000;

/** How a text is taken apart: in as many pieces as may be, the smaller the better. */
export const pieceSizeFor = (text: string): PieceSize => ({
  longest: Math.min(
    LONGEST_PIECE,
    Math.max(PIECE, Math.ceil(text.length / MOST_PIECES) + OVERLAP + 2),
  ),
  overlap: OVERLAP,
  most: MOST_PIECES,
});

/**
 * The topics that one of a text's pieces is of: at least so alike to an example as the topic says,
 * and more alike to it than to each counterexample.
 * @param usual for topics that say nothing of their own.
 */
export const topicsOf = (
  pieces: readonly Float32Array[],
  topics: readonly VectorTopic[],
  usual: number,
): string[] =>
  topics
    .filter(({ similarity = usual, examples, counterexamples }) =>
      pieces.some((piece) => {
        const alike = mostAlike(piece, examples);
        return alike >= similarity && alike > mostAlike(piece, counterexamples);
      }),
    )
    .map(({ name }) => name);

/** The largest cosine with one of them; −1 with none. */
function mostAlike(vector: Float32Array, others: readonly Float32Array[]): number {
  let most = -1;
  for (const other of others) {
    let sum = 0;
    for (let at = 0; at < vector.length; at += 1) sum += (vector[at] ?? 0) * (other[at] ?? 0);
    most = Math.max(most, sum);
  }
  return most;
}
