import { Injectable } from '@nestjs/common';
import type { Caller } from '../platform/caller.js';
import { decodeCursor, encodeCursor } from '../platform/cursor.rules.js';
import { type Page, toPage } from '../platform/page.schema.js';
import { PostsRepository } from '../posts/posts.repository.js';
import { ConversationViews } from './conversation-views.js';
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
    private readonly views: ConversationViews,
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
    return { ...page, items: await this.itemsOf(page.items, q, texts) };
  }

  private async itemsOf(
    hits: readonly ConversationHit[],
    q: string,
    texts: ReadonlyMap<number, string>,
  ): Promise<ConversationListItem[]> {
    const views = await this.views.of(hits.map(({ conversation }) => conversation));
    const found = await this.views.texts(
      hits.map(({ conversation: { id, title }, postId }) => ({
        conversationId: id,
        text: (postId === null ? title : texts.get(postId)) ?? '',
      })),
    );
    return hits.flatMap(({ postId }, at) => {
      const view = views[at];
      return view ? [{ ...view, snippet: snippetOf(found[at] ?? '', q), postId }] : [];
    });
  }
}
