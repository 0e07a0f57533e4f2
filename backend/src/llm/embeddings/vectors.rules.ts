import { MalformedAnswer } from '../failure.rules.js';

/** Numbers in the vectors of models that say so nowhere. */
const DIMENSIONS: Readonly<Record<string, number>> = {
  'text-embedding-3-small': 1536,
  'text-embedding-3-large': 3072,
  'text-embedding-ada-002': 1536,
  'amazon.titan-embed-text-v2:0': 1024,
  'amazon.titan-embed-text-v1': 1536,
  'nomic-embed-text': 768,
  'mxbai-embed-large': 1024,
  'bge-m3': 1024,
  'all-minilm': 384,
};

/** How many numbers a model's vectors have, by its name without a tag; undefined: nobody knows. */
export const knownDimension = (model: string): number | undefined =>
  DIMENSIONS[model] ?? DIMENSIONS[model.replace(/:[^:]*$/, '')];

/**
 * A vector as it came, of length 1.
 * @throws {MalformedAnswer} when it is none, or has another number of numbers.
 */
export function unitVector(numbers: unknown, dimension: number): Float32Array {
  if (!Array.isArray(numbers) || numbers.length !== dimension) {
    throw new MalformedAnswer('a vector of another dimension');
  }
  const vector = Float32Array.from(numbers as number[]);
  const length = Math.hypot(...vector);
  if (!Number.isFinite(length)) throw new MalformedAnswer('a vector that is not of numbers');
  return length === 0 ? vector : vector.map((number) => number / length);
}
