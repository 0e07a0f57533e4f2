import { inject, Service } from '@angular/core';
import { toApiFailure } from '../api/api-failure';
import { type BranchPlace, ConversationsApi } from '../api/conversations-api';
import { fromStored } from './thread-post';
import type { PostPage } from './thread-slice.rules';

/** Posts a page: more than fit on a screen, and read before one sees the first of them. */
export const PAGE = 20;

/** Reads pages of the branch in use. */
@Service()
export class ThreadPages {
  private readonly api = inject(ConversationsApi);

  /** The page at a place, or the last one. @throws {ApiFailure} */
  async at(conversationId: number, place: BranchPlace): Promise<PostPage> {
    const page = await this.api.listPosts(conversationId, place, PAGE);
    return {
      posts: page.items.map((post) => fromStored(post)),
      hasOlder: page.nextCursor !== null,
      hasNewer: page.previousCursor !== null,
    };
  }

  /** The page around a post; null when that is not on the branch in use. @throws {ApiFailure} */
  async around(conversationId: number, postId: number): Promise<PostPage | null> {
    try {
      return await this.at(conversationId, { around: postId });
    } catch (thrown) {
      if (toApiFailure(thrown).status === 404) return null;
      throw thrown;
    }
  }
}
