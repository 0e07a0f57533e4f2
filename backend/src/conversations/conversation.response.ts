import type { Conversation } from '#db';
import type { ConversationView } from './conversations.schema.js';

/** What a caller sees of a conversation: named one by one, so that a new column stays inside. */
export function toConversation(conversation: Conversation): ConversationView {
  const { branchedFromId, branchedPostId } = conversation;
  return {
    id: conversation.id,
    title: conversation.title,
    status: conversation.status,
    pinnedAt: conversation.pinnedAt?.toISOString() ?? null,
    deletedAt: conversation.deletedAt?.toISOString() ?? null,
    model: conversation.model,
    instructions: conversation.instructions,
    leafPostId: conversation.leafPostId,
    branchedFrom:
      branchedFromId === null || branchedPostId === null
        ? null
        : { conversationId: branchedFromId, postId: branchedPostId },
    updatedAt: conversation.updatedAt.toISOString(),
    createdAt: conversation.createdAt.toISOString(),
  };
}
