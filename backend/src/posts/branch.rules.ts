/**
 * The newest post below one, or itself: nothing newer can hang below that, so it is a leaf.
 * @param rows the posts of a conversation from this one on, oldest first: a child's id is greater
 * than its parent's.
 * @returns null when the post is not among them.
 */
export function newestBelow(
  rows: readonly { readonly id: number; readonly parentId: number | null }[],
  postId: number,
): number | null {
  if (rows[0]?.id !== postId) {
    return null;
  }
  const below = new Set([postId]);
  let newest = postId;
  for (const { id, parentId } of rows) {
    if (parentId !== null && below.has(parentId)) {
      below.add(id);
      newest = id;
    }
  }
  return newest;
}
