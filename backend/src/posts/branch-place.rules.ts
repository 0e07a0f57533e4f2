/** Where a page of a branch is to be read. */
export type BranchPlace =
  | { readonly kind: 'end' }
  /** `from` begins with that post and goes towards the beginning; `before` leaves it out. */
  | { readonly kind: 'from' | 'before' | 'after' | 'around'; readonly id: number };

/** What a caller names a place by; at most one of the three, and only without a cursor. */
interface Wish {
  readonly before?: number | undefined;
  readonly after?: number | undefined;
  readonly around?: number | undefined;
}

/**
 * The place that a caller asks for.
 * @param cursor part `n` goes on towards the end, any other towards the beginning.
 */
export function placeOf(
  { before, after, around }: Wish,
  cursor: { readonly part: string; readonly id: number } | null,
): BranchPlace {
  if (cursor) {
    return { kind: cursor.part === 'n' ? 'after' : 'from', id: cursor.id };
  }
  if (before !== undefined) {
    return { kind: 'before', id: before };
  }
  if (after !== undefined) {
    return { kind: 'after', id: after };
  }
  return around === undefined ? { kind: 'end' } : { kind: 'around', id: around };
}
