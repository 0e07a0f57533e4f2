import { Injectable } from '@nestjs/common';
import type { Command, Conversation, Post } from '#db';
import type { Caller } from './caller.js';
import { DomainError } from './domain-error.js';
import { OwnershipRepository } from './ownership.repository.js';

/**
 * The one check behind every read and write by id. What is missing and what belongs to somebody
 * else answer the same; administrators are no exception.
 */
@Injectable()
export class Access {
  constructor(private readonly ownership: OwnershipRepository) {}

  /** @throws {DomainError} CONVERSATION.NOT_FOUND unless it is the caller's. */
  async conversation(caller: Caller, id: number): Promise<Conversation> {
    const conversation = await this.ownership.findConversation(caller.id, id);
    if (!conversation) {
      throw new DomainError('CONVERSATION.NOT_FOUND');
    }
    return conversation;
  }

  /** @throws {DomainError} CONVERSATION.NOT_FOUND, or CONVERSATION.DELETED for one in the trash. */
  async onlineConversation(caller: Caller, id: number): Promise<Conversation> {
    const conversation = await this.conversation(caller, id);
    requireOnline(conversation);
    return conversation;
  }

  /** The post, with its conversation. @throws {DomainError} POST.NOT_FOUND unless it is the caller's. */
  async post(caller: Caller, id: number): Promise<Post> {
    const post = await this.ownership.findPost(caller.id, id);
    if (!post) {
      throw new DomainError('POST.NOT_FOUND');
    }
    return post;
  }

  /** @throws {DomainError} POST.NOT_FOUND unless it is the caller's and in that conversation. */
  async postIn(caller: Caller, conversationId: number, id: number): Promise<Post> {
    const post = await this.post(caller, id);
    if (post.conversationId !== conversationId) {
      throw new DomainError('POST.NOT_FOUND');
    }
    return post;
  }

  /** @throws {DomainError} POST.NOT_FOUND, or CONVERSATION.DELETED when its conversation is in the trash. */
  async changeablePost(caller: Caller, id: number): Promise<Post> {
    const post = await this.post(caller, id);
    requireOnline(post.conversation);
    return post;
  }

  /** @throws {DomainError} COMMAND.NOT_FOUND unless it is the caller's, or the team's and the caller administers. */
  async changeableCommand(caller: Caller, id: number): Promise<Command> {
    const command = await this.ownership.findCommand(caller.id, caller.role === 'admin', id);
    if (!command) {
      throw new DomainError('COMMAND.NOT_FOUND');
    }
    return command;
  }
}

function requireOnline(conversation: Conversation): void {
  if (conversation.status === 'deleted') {
    throw new DomainError('CONVERSATION.DELETED');
  }
}
