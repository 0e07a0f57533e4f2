import type { Post } from '#db';

/** Where a person wants an answer to look; null leaves it to Prosa. */
export interface Wishes {
  readonly web: boolean | null;
  /** In what Prosa was given to read: documents and its own documentation. */
  readonly knowledge: boolean | null;
  /** In these collections only; null: in all that the person may read. */
  readonly collectionIds: readonly number[] | null;
}

/** All is left to Prosa. */
export const NO_WISHES: Wishes = { web: null, knowledge: null, collectionIds: null };

/** The columns of a post that keep them. */
export type WishColumns = Pick<Post, 'wishedWeb' | 'wishedKnowledge' | 'wishedCollections'>;

/** What was asked for, as a request says it: what it leaves out is null. */
export const wishesFrom = ({
  web,
  knowledge,
  collectionIds,
}: {
  readonly web?: boolean | undefined;
  readonly knowledge?: boolean | undefined;
  readonly collectionIds?: readonly number[] | undefined;
}): Wishes => ({
  web: web ?? null,
  knowledge: knowledge ?? null,
  collectionIds: collectionIds ?? null,
});

/** Wishes as a post keeps them. */
export const toWishColumns = ({ web, knowledge, collectionIds }: Wishes): WishColumns => ({
  wishedWeb: web,
  wishedKnowledge: knowledge,
  wishedCollections: collectionIds === null ? null : collectionIds.join(','),
});

/**
 * The wishes of a post. One from before they were kept tells of its wish for knowledge by where it
 * went; `quotes` went there unasked.
 */
export function wishesOf(
  post: WishColumns & Pick<Post, 'route' | 'routeReason' | 'model'>,
): Wishes {
  const { wishedCollections: ids, wishedKnowledge, wishedWeb } = post;
  const wasAsked =
    post.route === 'knowledge' && post.routeReason === null && post.model !== 'quotes';
  return {
    web: wishedWeb,
    knowledge: wishedKnowledge ?? (wasAsked ? true : null),
    collectionIds: ids === null ? null : ids.split(',').filter(Boolean).map(Number),
  };
}
