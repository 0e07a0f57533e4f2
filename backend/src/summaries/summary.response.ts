import type { Summary } from '#db';
import { usdOf } from '../llm/cost.rules.js';
import type { SummaryView } from './summaries.schema.js';

/** What a caller sees of a summary: named one by one, so that a new column stays inside. */
export const toSummary = (summary: Summary): SummaryView => ({
  id: summary.id,
  conversationId: summary.conversationId,
  postId: summary.postId,
  posts: summary.posts,
  text: summary.text,
  model: summary.model,
  createdAt: summary.createdAt.toISOString(),
  undoneAt: summary.undoneAt?.toISOString() ?? null,
  costUsd: usdOf(summary.costNanoUsd),
});
