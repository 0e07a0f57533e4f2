import { Injectable } from '@nestjs/common';
import type { Conversation, Post } from '#db';
import { decodeCursor, encodeCursor } from '../platform/cursor.rules.js';
import { DomainError } from '../platform/domain-error.js';
import { BranchIdsRepository } from './branch-ids.repository.js';
import { placeOf } from './branch-place.rules.js';
import { PostsRepository } from './posts.repository.js';
import type { ListBranch } from './posts.schema.js';

/** Posts of a branch that follow one another, newest first, and how to go on from either end. */
export interface BranchPage<Item> {
  readonly items: Item[];
  /** Towards the beginning; null where it is reached. */
  readonly nextCursor: string | null;
  /** Towards the end; null where it is reached. */
  readonly previousCursor: string | null;
}

/** Older posts begin at the cursor's id. */
const OLDER = 'b';
/** Newer posts begin after the cursor's id. */
const NEWER = 'n';
const NO_TIME = new Date(0);

/** Pages of one branch, in both directions and around any of its posts. */
@Injectable()
export class BranchPages {
  constructor(
    private readonly posts: PostsRepository,
    private readonly branchIds: BranchIdsRepository,
  ) {}

  /** @throws {DomainError} POST.NOT_FOUND where the post to read around or after is not on it. */
  async read(
    conversation: Conversation,
    query: Omit<ListBranch, 'branch'> & { readonly branch: string },
  ): Promise<BranchPage<Post>> {
    const { id: conversationId } = conversation;
    const { cursor, limit } = query;
    const place = placeOf(
      query,
      cursor === undefined ? null : decodeCursor(cursor, [OLDER, NEWER]),
    );
    const leaf = await this.leafOf(conversation, query.branch);
    if (leaf === null) {
      return { items: [], nextCursor: null, previousCursor: null };
    }
    switch (place.kind) {
      case 'end':
        return this.older(conversationId, leaf, leaf, limit);
      case 'from':
        return this.older(conversationId, leaf, place.id, limit);
      case 'before':
        return this.beforePost(conversationId, leaf, place.id, limit);
      case 'after':
        return this.newer(conversationId, leaf, place.id, limit);
      case 'around':
        return this.around(conversationId, leaf, place.id, limit);
    }
  }

  private async leafOf(conversation: Conversation, branch: string): Promise<number | null> {
    if (branch === 'active') {
      return conversation.leafPostId;
    }
    const leaf = await this.posts.leafBelow(conversation, Number(branch));
    if (leaf === null) {
      throw new DomainError('POST.NOT_FOUND');
    }
    return leaf;
  }

  private async older(
    conversationId: number,
    leaf: number,
    from: number | null,
    limit: number,
  ): Promise<BranchPage<Post>> {
    const rows = from === null ? [] : await this.posts.branch(conversationId, from, limit + 1);
    const items = rows.slice(0, limit);
    return {
      items,
      nextCursor: rows.length > limit ? olderThan(items) : null,
      previousCursor: from === leaf ? null : newerThan(items),
    };
  }

  private async beforePost(
    conversationId: number,
    leaf: number,
    id: number,
    limit: number,
  ): Promise<BranchPage<Post>> {
    const [post] = await this.posts.branch(conversationId, id, 1);
    if (!post) {
      throw new DomainError('POST.NOT_FOUND');
    }
    return this.older(conversationId, leaf, post.parentId, limit);
  }

  private async newer(
    conversationId: number,
    leaf: number,
    id: number,
    limit: number,
  ): Promise<BranchPage<Post>> {
    const above = await this.above(conversationId, leaf, id);
    const first = above.at(-limit) ?? above[0];
    const length = Math.min(limit, above.length);
    const items = first === undefined ? [] : await this.posts.branch(conversationId, first, length);
    return {
      items,
      nextCursor: olderThan(items),
      previousCursor: above.length > limit ? newerThan(items) : null,
    };
  }

  private async around(
    conversationId: number,
    leaf: number,
    id: number,
    limit: number,
  ): Promise<BranchPage<Post>> {
    const above = await this.above(conversationId, leaf, id);
    const newer = Math.min(above.length, Math.floor(limit / 2));
    const from = newer === 0 ? id : (above.at(-newer) ?? id);
    return this.older(conversationId, leaf, from, limit);
  }

  /** The posts between a branch's leaf and one of its posts, newest first, without that one. */
  private async above(conversationId: number, leaf: number, id: number): Promise<number[]> {
    const ids = await this.branchIds.from(conversationId, leaf, id);
    if (ids.pop() !== id) {
      throw new DomainError('POST.NOT_FOUND');
    }
    return ids;
  }
}

/** The branch goes on at the last post's parent. */
function olderThan(items: readonly Post[]): string | null {
  const parentId = items.at(-1)?.parentId;
  return parentId ? encodeCursor({ part: OLDER, time: NO_TIME, id: parentId }) : null;
}

function newerThan(items: readonly Post[]): string | null {
  const id = items[0]?.id;
  return id === undefined ? null : encodeCursor({ part: NEWER, time: NO_TIME, id });
}
