import { Injectable } from '@nestjs/common';
import type { Caller } from '../platform/caller.js';
import { decodeCursor, encodeCursor } from '../platform/cursor.rules.js';
import { type Page, toPage } from '../platform/page.schema.js';
import { PostsRepository } from '../posts/posts.repository.js';
import { toConversation } from './conversation.response.js';
import {
  type ConversationHit,
  ConversationSearchRepository,
} from './conversation-search.repository.js';
import type { ConversationListItem, ListConversations } from './conversations.schema.js';
import { snippetOf } from './snippet.rules.js';

/** Finds conversations by what was said in them. */
@Injectable()
export class ConversationSearch {
  constructor(
    private readonly hits: ConversationSearchRepository,
    private readonly posts: PostsRepository,
  ) {}

  /** The caller's conversations with all the words, last touched first, with the match shown. */
  async find(
    caller: Caller,
    q: string,
    { cursor, limit, ...shelf }: Omit<ListConversations, 'q'>,
  ): Promise<Page<ConversationListItem>> {
    const after = cursor === undefined ? undefined : decodeCursor(cursor, ['s']);
    const rows = await this.hits.find(caller.id, q, shelf, after, limit + 1);
    const page = toPage(rows, limit, ({ conversation: { updatedAt, id } }) =>
      encodeCursor({ part: 's', time: updatedAt, id }),
    );
    const texts = await this.posts.textsOf(page.items.flatMap(({ postId }) => postId ?? []));
    return { ...page, items: page.items.map((hit) => toListItem(hit, q, texts)) };
  }
}

function toListItem(
  { conversation, postId }: ConversationHit,
  q: string,
  texts: ReadonlyMap<number, string>,
): ConversationListItem {
  const text = postId === null ? conversation.title : texts.get(postId);
  return { ...toConversation(conversation), snippet: snippetOf(text ?? '', q), postId };
}
