/** What a place counts: 1 / (60 + place) (Cormack, Clarke and Büttcher, 2009). */
const CONSTANT = 60;

/** Something ranked in more ways than one. */
export interface Fused {
  readonly id: number;
  readonly score: number;
}

/** Joins rankings by reciprocal rank: scores of different kinds need not be compared. */
export function fuse(rankings: readonly (readonly number[])[]): Fused[] {
  const scores = new Map<number, number>();
  for (const ranking of rankings) {
    ranking.forEach((id, place) => {
      scores.set(id, (scores.get(id) ?? 0) + 1 / (CONSTANT + place + 1));
    });
  }
  return [...scores]
    .map(([id, score]) => ({ id, score }))
    .sort((a, b) => b.score - a.score || a.id - b.id);
}
