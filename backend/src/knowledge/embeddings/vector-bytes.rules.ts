/** Vectors in eight bits a number: a quarter of the memory, and cosines within a hundredth. */
const LARGEST = 127;

/** A vector as it is kept: each number from −127 to 127, the largest of them being that. */
export function toBytes(vector: Float32Array): Int8Array {
  const largest = vector.reduce((most, number) => Math.max(most, Math.abs(number)), 0);
  const scale = largest === 0 ? 0 : LARGEST / largest;
  return Int8Array.from(vector, (number) => Math.round(number * scale));
}

/** Vectors of passages, one behind the other. */
export interface VectorBlock {
  readonly ids: Int32Array;
  readonly numbers: Int8Array;
  /** One divided by the length of each; 0 for a vector without direction. */
  readonly inverse: Float32Array;
}

/** Puts vectors together. Those of another dimension are left out: they are of another model. */
export function blockOf(
  rows: readonly { readonly id: number; readonly vector: Uint8Array }[],
  dimension: number,
): VectorBlock {
  const fitting = rows.filter(({ vector }) => vector.byteLength === dimension);
  const numbers = new Int8Array(fitting.length * dimension);
  fitting.forEach(({ vector }, at) => {
    numbers.set(new Int8Array(vector.buffer, vector.byteOffset, dimension), at * dimension);
  });
  const inverse = Float32Array.from(fitting, (_, at) => {
    let squares = 0;
    for (let n = at * dimension; n < (at + 1) * dimension; n += 1) {
      squares += (numbers[n] ?? 0) ** 2;
    }
    return squares === 0 ? 0 : 1 / Math.sqrt(squares);
  });
  return { ids: Int32Array.from(fitting, ({ id }) => id), numbers, inverse };
}

export interface NearChunk {
  readonly id: number;
  /** −1…1 */
  readonly cosine: number;
}

/** The cosines of some of a block's vectors with another vector of length 1. */
export function cosines(
  { ids, numbers, inverse }: VectorBlock,
  vector: Float32Array,
  from: number,
  to: number,
): NearChunk[] {
  const dimension = vector.length;
  const near: NearChunk[] = [];
  for (let at = from; at < Math.min(to, ids.length); at += 1) {
    let sum = 0;
    const start = at * dimension;
    for (let n = 0; n < dimension; n += 1) sum += (numbers[start + n] ?? 0) * (vector[n] ?? 0);
    near.push({ id: ids[at] ?? 0, cosine: sum * (inverse[at] ?? 0) });
  }
  return near;
}
