import { Injectable } from '@nestjs/common';
import { Access } from '../platform/access.js';
import type { Caller } from '../platform/caller.js';
import { decodeCursor, encodeCursor } from '../platform/cursor.rules.js';
import { toPage } from '../platform/page.schema.js';
import { BranchIdsRepository } from '../posts/branch-ids.repository.js';
import { PostsRepository } from '../posts/posts.repository.js';
import { ConversationSearchRepository } from './conversation-search.repository.js';
import { ConversationViews } from './conversation-views.js';
import type { FindPage, FindWish } from './conversations.schema.js';
import { snippetOf } from './snippet.rules.js';

const NO_TIME = new Date(0);

/** Finds posts of one conversation, along the branch that is in use. */
@Injectable()
export class FindInConversation {
  constructor(
    private readonly access: Access,
    private readonly hits: ConversationSearchRepository,
    private readonly branchIds: BranchIdsRepository,
    private readonly posts: PostsRepository,
    private readonly views: ConversationViews,
  ) {}

  /** The posts with all the words, newest first, by the rules of the search over conversations. */
  async find(
    caller: Caller,
    conversationId: number,
    { q, cursor, limit }: FindWish,
  ): Promise<FindPage> {
    const { leafPostId } = await this.access.conversation(caller, conversationId);
    const before = cursor === undefined ? Infinity : decodeCursor(cursor, ['f']).id;
    const found = await this.hits.postsWith(caller.id, conversationId, q);
    const onBranch = await this.onBranch(conversationId, leafPostId, found);
    const page = toPage(onBranch.filter((id) => id < before).slice(0, limit + 1), limit, (id) =>
      encodeCursor({ part: 'f', time: NO_TIME, id }),
    );
    const texts = await this.posts.textsOf(page.items);
    const shown = await this.views.texts(
      page.items.map((postId) => ({ conversationId, text: texts.get(postId) ?? '' })),
    );
    return {
      ...page,
      items: page.items.map((postId, at) => ({ postId, snippet: snippetOf(shown[at] ?? '', q) })),
      total: onBranch.length,
      elsewhere: found.length - onBranch.length,
    };
  }

  private async onBranch(
    conversationId: number,
    leaf: number | null,
    found: readonly number[],
  ): Promise<number[]> {
    const oldest = found.at(-1);
    if (leaf === null || oldest === undefined) {
      return [];
    }
    const branch = new Set(await this.branchIds.from(conversationId, leaf, oldest));
    return found.filter((id) => branch.has(id));
  }
}
