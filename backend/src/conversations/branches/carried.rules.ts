import type { Post } from '#db';

/**
 * What a copy of a post carries over from it. Every column is decided on here: a new one that is
 * missing is a compile error. Its runs, its usage and its thumb stay with the original; old turns
 * that were chosen for it are named by ids, which are others here, and are chosen anew.
 */
export const CARRIED: Readonly<Record<Exclude<keyof Post, 'conversation'>, boolean>> = {
  id: false,
  conversationId: false,
  parentId: false,
  prompt: true,
  asked: true,
  body: true,
  createdAt: true,
  status: true,
  errorCode: true,
  model: true,
  route: true,
  routeReason: true,
  wishedWeb: true,
  wishedKnowledge: true,
  wishedCollections: true,
  pinnedAt: true,
  freshStartAt: true,
  keptIds: false,
  promptTokens: true,
  bodyTokens: true,
  policyId: true,
  finishedAt: true,
  leftAt: false,
};
