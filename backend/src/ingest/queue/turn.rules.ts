/** A job that could be done now. */
export interface Candidate {
  readonly id: number;
  /** Whose document it is for; 0: nobody's any more. */
  readonly personId: number;
}

/**
 * Whose turn it is: the person who was served longest ago, so that whoever adds a thousand
 * documents does not keep others waiting for theirs.
 * @param served persons in the order in which they were last served, lately last.
 * @returns the candidates in the order in which they should be tried.
 */
export function inTurn(candidates: readonly Candidate[], served: readonly number[]): Candidate[] {
  const place = new Map(served.map((personId, index) => [personId, index + 1]));
  const placeOf = ({ personId }: Candidate) => place.get(personId) ?? 0;
  return [...candidates].sort((one, other) => placeOf(one) - placeOf(other) || one.id - other.id);
}

/** Persons kept in mind; whoever comes after so many others has waited long enough anyhow. */
const MOST_KEPT = 1000;

/** The order after one more was served. */
export const servedNow = (served: readonly number[], personId: number): number[] =>
  [...served.filter((other) => other !== personId), personId].slice(-MOST_KEPT);
