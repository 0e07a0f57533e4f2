import { Injectable } from '@nestjs/common';
import type { Collection, Command, Conversation, Post } from '#db';
import type { Caller } from './caller.js';
import { DomainError } from './domain-error.js';
import { mayEdit } from './collection-role.rules.js';
import {
  type CollectionPlace,
  type DocumentPlace,
  OwnershipRepository,
} from './ownership.repository.js';

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

  /**
   * A collection that the caller may read, or their own in the trash; no conversation's attachments.
   * @throws {DomainError} COLLECTION.NOT_FOUND
   */
  async collection(caller: Caller, id: number): Promise<CollectionPlace> {
    const place = await this.ownership.findCollection(caller.id, id);
    if (!place) {
      throw new DomainError('COLLECTION.NOT_FOUND');
    }
    return place;
  }

  /** @throws {DomainError} COLLECTION.NOT_FOUND, or COLLECTION.READ_ONLY for somebody else's. */
  async ownCollection(caller: Caller, id: number): Promise<Collection> {
    const { collection, role } = await this.collection(caller, id);
    if (role !== 'owner') {
      throw new DomainError('COLLECTION.READ_ONLY');
    }
    return collection;
  }

  /** One to add documents to. @throws {DomainError} COLLECTION.NOT_FOUND, COLLECTION.READ_ONLY, COLLECTION.DELETED. */
  async editableCollection(caller: Caller, id: number): Promise<Collection> {
    const place = await this.collection(caller, id);
    requireEditable(place);
    return place.collection;
  }

  /** Whether the caller may search in all of them. @throws {DomainError} COLLECTION.NOT_FOUND for one that they may not read. */
  async searchableCollections(caller: Caller, ids: readonly number[]): Promise<void> {
    const distinct = [...new Set(ids)];
    if (
      distinct.length > 0 &&
      (await this.ownership.countReadable(caller.id, distinct)) < distinct.length
    ) {
      throw new DomainError('COLLECTION.NOT_FOUND');
    }
  }

  /** @throws {DomainError} DOCUMENT.NOT_FOUND unless the caller may read where it is. */
  async document(caller: Caller, id: number): Promise<DocumentPlace> {
    const place = await this.ownership.findDocument(caller.id, id);
    if (!place) {
      throw new DomainError('DOCUMENT.NOT_FOUND');
    }
    return place;
  }

  /** One to delete or restore. @throws {DomainError} DOCUMENT.NOT_FOUND, COLLECTION.READ_ONLY, COLLECTION.DELETED or CONVERSATION.DELETED. */
  async editableDocument(caller: Caller, id: number): Promise<DocumentPlace> {
    const place = await this.document(caller, id);
    requireEditable(place);
    return place;
  }

  /** @throws {DomainError} as `editableDocument`, and DOCUMENT.DELETED for one in the trash. */
  async onlineDocument(caller: Caller, id: number): Promise<DocumentPlace> {
    const place = await this.editableDocument(caller, id);
    if (place.document.deletedAt) {
      throw new DomainError('DOCUMENT.DELETED');
    }
    return place;
  }
}

function requireEditable({ collection, role }: CollectionPlace): void {
  if (!mayEdit(role)) {
    throw new DomainError('COLLECTION.READ_ONLY');
  }
  if (collection.deletedAt) {
    // Attachments are in the trash together with their conversation.
    const isAttached = collection.conversationId !== null;
    throw new DomainError(isAttached ? 'CONVERSATION.DELETED' : 'COLLECTION.DELETED');
  }
}

function requireOnline(conversation: Conversation): void {
  if (conversation.status === 'deleted') {
    throw new DomainError('CONVERSATION.DELETED');
  }
}
