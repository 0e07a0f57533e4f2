import type { User } from '#db';
import type { CollectionItem } from './collections.repository.js';
import type { CollectionView, NamedPerson } from './collections.schema.js';

/** What others see of somebody. */
export const toNamedPerson = ({
  id,
  username,
  displayName,
}: Pick<User, 'id' | 'username' | 'displayName'>): NamedPerson => ({
  id,
  name: displayName ?? username,
});

/** What a caller sees of a collection. */
export function toCollection({
  collection,
  role,
  owner,
  documents,
}: CollectionItem): CollectionView {
  const { id, name, description, visibility, createdAt, updatedAt, deletedAt } = collection;
  return {
    ...{ id, name, description, visibility, role, documents },
    owner: toNamedPerson(owner),
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
    deletedAt: deletedAt?.toISOString() ?? null,
  };
}
