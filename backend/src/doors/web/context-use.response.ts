import type { ContextUse } from '../../answering/answer-event.js';
import type { ContextUseView } from './ask.schema.js';

/** What a caller sees of the context window: named one by one, so that what is new stays inside. */
export const toContextUse = (use: ContextUse): ContextUseView => ({
  limit: use.limit,
  used: use.used,
  reserved: use.reserved,
  excess: use.excess,
  begins: use.begins,
  kept: use.kept.map(({ postId, reason }) => ({ postId, reason })),
  left: use.left.map(({ postId, reason }) => ({ postId, reason })),
  leftOlder: use.leftOlder,
  summary: use.summary,
});
