import type { ValueTransformer } from 'typeorm';

/** Drivers hand 64-bit integers over as text; ours stay below 2^53. */
export const wholeNumber: ValueTransformer = {
  to: (value: number | null) => value,
  from: (value: string | number | null) => (value === null ? null : Number(value)),
};
