import type { Collection, ShareRole } from '#db';

/** What somebody who may read a collection may do in it. */
export const COLLECTION_ROLES = ['owner', 'editor', 'reader'] as const;
export type CollectionRole = (typeof COLLECTION_ROLES)[number];

/**
 * What a person is in a collection that they may read.
 * @param share what the collection was shared with them as; null: it was not.
 */
export function roleIn(
  { userId: ownerId, visibility }: Pick<Collection, 'userId' | 'visibility'>,
  userId: number,
  share: ShareRole | null,
): CollectionRole {
  if (ownerId === userId) return 'owner';
  return share === 'editor' && visibility !== 'private' ? 'editor' : 'reader';
}

/** Whether that role may add, change and delete documents. */
export const mayEdit = (role: CollectionRole): boolean => role !== 'reader';
