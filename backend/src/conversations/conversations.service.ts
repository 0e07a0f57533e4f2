import { Injectable } from '@nestjs/common';
import type { Conversation } from '#db';
import { WrittenTexts } from '../guardrails/written-texts.js';
import { Access } from '../platform/access.js';
import type { Caller } from '../platform/caller.js';
import { type Cursor, decodeCursor, encodeCursor } from '../platform/cursor.rules.js';
import { type Page, toPage } from '../platform/page.schema.js';
import { ConversationEvents } from './conversation-events.js';
import { ConversationViews } from './conversation-views.js';
import { type Channel, ConversationsRepository } from './conversations.repository.js';
import type {
  ChangeConversation,
  ConversationListItem,
  CreateConversation,
  ListConversations,
} from './conversations.schema.js';

/** A person's conversations: the history, the trash, and what changes in them. */
@Injectable()
export class ConversationsService {
  constructor(
    private readonly access: Access,
    private readonly conversations: ConversationsRepository,
    private readonly events: ConversationEvents,
    private readonly written: WrittenTexts,
    private readonly views: ConversationViews,
  ) {}

  /** The history (pinned ones first) or the trash, newest first. */
  async list(
    caller: Caller,
    { status, channel, cursor, limit }: ListConversations,
  ): Promise<Page<ConversationListItem>> {
    const parts = status === 'deleted' ? ['d'] : ['p', 'u'];
    const after = cursor === undefined ? undefined : decodeCursor(cursor, parts);
    const rows =
      status === 'deleted'
        ? await this.conversations.findDeleted(caller.id, channel, after, limit + 1)
        : await this.findOnline(caller.id, channel, after, limit + 1);
    const page = toPage(rows, limit, (last) => encodeCursor(placeOf(last)));
    const views = await this.views.of(page.items);
    return { ...page, items: views.map((view) => ({ ...view, snippet: null, postId: null })) };
  }

  async create(caller: Caller, wish: CreateConversation): Promise<Conversation> {
    this.written.require(caller, [wish.title, wish.instructions]);
    return this.conversations.create(caller.id, { ...wish, channel: 'web' });
  }

  get(caller: Caller, id: number): Promise<Conversation> {
    return this.access.conversation(caller, id);
  }

  /**
   * @throws {DomainError} CONVERSATION.DELETED in the trash; POST.NOT_FOUND for a foreign leaf;
   * GUARDRAIL.BLOCKED for a title or instructions that a rail blocks.
   */
  async change(caller: Caller, id: number, wish: ChangeConversation): Promise<Conversation> {
    const conversation = await this.access.onlineConversation(caller, id);
    const { pinned, leafPostId, ...columns } = wish;
    this.written.require(caller, [columns.title, columns.instructions]);
    const pinnedAt = pinned === undefined ? {} : { pinnedAt: pinned ? new Date() : null };
    const title =
      columns.title === undefined
        ? {}
        : { title: await this.views.masked(conversation, columns.title) };
    await this.conversations.change(
      conversation,
      { ...columns, ...title, ...pinnedAt },
      leafPostId,
    );
    return this.access.conversation(caller, id);
  }

  /** Moves it to the trash. Doing so again changes nothing. */
  async moveToTrash(caller: Caller, id: number): Promise<void> {
    const conversation = await this.access.conversation(caller, id);
    if (conversation.status === 'online') {
      await this.conversations.markDeleted(id, new Date());
    }
    this.events.ended$.next(id);
  }

  /** Takes it out of the trash. Doing so again changes nothing. */
  async restore(caller: Caller, id: number): Promise<Conversation> {
    await this.access.conversation(caller, id);
    await this.conversations.markOnline(id);
    return this.access.conversation(caller, id);
  }

  async deleteForGood(caller: Caller, id: number): Promise<void> {
    await this.access.conversation(caller, id);
    await this.conversations.deleteForGood([id]);
    this.events.ended$.next(id);
  }

  async emptyTrash(caller: Caller): Promise<void> {
    for (;;) {
      const ids = (await this.conversations.findDeleted(caller.id, undefined, undefined, 100)).map(
        ({ id }) => id,
      );
      if (ids.length === 0) {
        return;
      }
      await this.conversations.deleteFromTrash(ids);
    }
  }

  private async findOnline(
    userId: number,
    channel: Channel | undefined,
    after: Cursor | undefined,
    limit: number,
  ): Promise<Conversation[]> {
    const pinned =
      after === undefined || after.part === 'p'
        ? await this.conversations.findPinned(userId, channel, after, limit)
        : [];
    const rest = limit - pinned.length;
    const others =
      rest === 0
        ? []
        : await this.conversations.findUnpinned(
            userId,
            channel,
            after?.part === 'u' ? after : undefined,
            rest,
          );
    return [...pinned, ...others];
  }
}

function placeOf({ id, deletedAt, pinnedAt, updatedAt }: Conversation): Cursor {
  if (deletedAt) {
    return { part: 'd', time: deletedAt, id };
  }
  return pinnedAt ? { part: 'p', time: pinnedAt, id } : { part: 'u', time: updatedAt, id };
}
