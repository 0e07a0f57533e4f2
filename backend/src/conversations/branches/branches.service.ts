import { Injectable } from '@nestjs/common';
import { type Conversation, isDuplicate } from '#db';
import { Access } from '../../platform/access.js';
import type { Caller } from '../../platform/caller.js';
import { DomainError } from '../../platform/domain-error.js';
import { BranchCopiesRepository } from './branch-copies.repository.js';

/** Branches from posts into conversations of their own. */
@Injectable()
export class Branches {
  constructor(
    private readonly access: Access,
    private readonly copies: BranchCopiesRepository,
  ) {}

  /**
   * A new conversation with copies of the posts from the beginning of a branch to this one. What it
   * is made of stays as it is, so that it may also be in the trash.
   * @param key the caller's own name for the request: the same again gives the same conversation.
   * @throws {DomainError} POST.NOT_FOUND, POST.STILL_ANSWERING, POST.BRANCH_TOO_LONG, RUN.KEY_REUSED.
   */
  async branch(caller: Caller, postId: number, key: string | null): Promise<Conversation> {
    const post = await this.access.post(caller, postId);
    if (key !== null) {
      await this.copies.forgetOldKeys(caller.id, key);
    }
    const made = await this.madeUnder(caller, postId, key);
    if (made) {
      return made;
    }
    const path = await this.copies.pathTo(post);
    try {
      return await this.access.conversation(caller, await this.copies.create({ post, key }, path));
    } catch (error) {
      // The same request, sent twice at once: the other one was first.
      const winner = isDuplicate(error) ? await this.madeUnder(caller, postId, key) : undefined;
      if (winner) {
        return winner;
      }
      throw error;
    }
  }

  private async madeUnder(
    caller: Caller,
    postId: number,
    key: string | null,
  ): Promise<Conversation | undefined> {
    const made = key === null ? null : await this.copies.findByKey(caller.id, key);
    if (!made) {
      return undefined;
    }
    if (made.branchedPostId !== postId) {
      throw new DomainError('RUN.KEY_REUSED');
    }
    return made;
  }
}
