import type { AskWishes } from '../../api/contract';

/** A wish of three: left to Prosa, wanted, not wanted. */
export type Wish = 'auto' | 'on' | 'off';
export const WISHES: readonly Wish[] = ['auto', 'on', 'off'];

export const toWish = (value: boolean | null): Wish =>
  value === null ? 'auto' : value ? 'on' : 'off';

export const fromWish = (wish: Wish | null): boolean | null =>
  wish === 'on' ? true : wish === 'off' ? false : null;

/** Key of what the choice comes to, in a word or two. */
export function choiceKey({ web, knowledge }: AskWishes): string {
  if (web === null && knowledge === null) return 'sources.choice-auto';
  if (web && knowledge) return 'sources.choice-both';
  if (web === false && knowledge === false) return 'sources.choice-none';
  if (knowledge)
    return web === false ? 'sources.choice-only-knowledge' : 'sources.choice-knowledge';
  if (web) return knowledge === false ? 'sources.choice-only-web' : 'sources.choice-web';
  return web === false ? 'sources.choice-no-web' : 'sources.choice-no-knowledge';
}

/** Ticks a collection or unticks it. One that is named is meant to be looked in. */
export function withCollection(wishes: AskWishes, id: number, ticked: boolean): AskWishes {
  const others = (wishes.collectionIds ?? []).filter((one) => one !== id);
  const ids = ticked ? [...others, id] : others;
  if (ids.length === 0) return { ...wishes, collectionIds: null };
  return { ...wishes, collectionIds: ids, knowledge: ticked ? true : wishes.knowledge };
}
