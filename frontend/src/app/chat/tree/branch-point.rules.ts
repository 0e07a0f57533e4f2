/** What tells a copied post from one that was asked here. */
interface Dated {
  readonly key: string;
  readonly createdAt: string;
}

/**
 * The last of the posts that a conversation was begun with when it branched off another: its copies
 * keep their dates, so they are older than the conversation itself.
 * @param posts those shown, oldest first.
 * @param mayGoOn whether newer posts follow that are not shown.
 * @returns the post's key; null where it is not among those shown.
 */
export function branchPoint(
  posts: readonly Dated[],
  begunAt: string,
  mayGoOn: boolean,
): string | null {
  const begun = Date.parse(begunAt);
  const index = posts.findLastIndex(({ createdAt }) => Date.parse(createdAt) < begun);
  const isCut = mayGoOn && index === posts.length - 1;
  return isCut ? null : (posts[index]?.key ?? null);
}
