/** A post's place in its tree; a child's id is greater than its parent's. */
export interface LookedAt {
  readonly id: number;
  readonly parentId: number | null;
  /** When it was last the end of the branch shown; null: it never was, or still is. */
  readonly leftAt: Date | null;
}

/**
 * The end of the branch to show with a post: of the leaves below it, or itself, the one that is
 * shown now, else the one that was left last, else the newest.
 * @param rows the posts of a conversation from this one on, oldest first.
 * @param shown the leaf that is shown now.
 * @returns null when the post is not among them.
 */
export function leafToShow(
  rows: readonly LookedAt[],
  postId: number,
  shown: number | null,
): number | null {
  if (rows[0]?.id !== postId) {
    return null;
  }
  const below = new Map([[postId, rows[0]]]);
  const parents = new Set<number>();
  for (const row of rows) {
    if (row.parentId !== null && below.has(row.parentId)) {
      below.set(row.id, row);
      parents.add(row.parentId);
    }
  }
  const leaves = [...below.values()].filter(({ id }) => !parents.has(id));
  const lastLookedAt = ({ id, leftAt }: LookedAt) =>
    id === shown ? Infinity : (leftAt?.getTime() ?? -Infinity);
  // Newest first, and sorting keeps that order among those that were never left.
  const [last] = leaves.reverse().sort((a, b) => compare(lastLookedAt(b), lastLookedAt(a)));
  return last?.id ?? null;
}

/** Infinity minus itself is no number. */
const compare = (a: number, b: number) => (a === b ? 0 : a - b);
