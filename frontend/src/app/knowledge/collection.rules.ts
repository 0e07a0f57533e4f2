import type { Collection } from '../api/knowledge-contract';

/** Whose a collection is, for the person who looks. */
export type CollectionGroup = 'own' | 'shared' | 'team';

export interface CollectionsOf {
  readonly group: CollectionGroup;
  readonly collections: readonly Collection[];
}

/** One's own come first, what everybody sees last. */
export function groupOf({ role, visibility }: Collection): CollectionGroup {
  if (role === 'owner') return 'own';
  return visibility === 'everyone' ? 'team' : 'shared';
}

const ORDER: readonly CollectionGroup[] = ['own', 'shared', 'team'];

/** The groups that are not empty, each as the server ordered it. */
export function toGroups(collections: readonly Collection[]): readonly CollectionsOf[] {
  return ORDER.map((group) => ({
    group,
    collections: collections.filter((one) => groupOf(one) === group),
  })).filter(({ collections }) => collections.length > 0);
}
