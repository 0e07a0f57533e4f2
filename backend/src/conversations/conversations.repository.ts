import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import {
  Conversation,
  type ConversationStatus,
  forUpdate,
  indexEntry,
  inTransaction,
  isOrphan,
  removeFromIndex,
} from '#db';
import {
  DataSource,
  type EntityManager,
  In,
  type ObjectLiteral,
  type SelectQueryBuilder,
} from 'typeorm';
import { RemovalRepository } from '../collections/trash/removal.repository.js';
import type { Cursor } from '../platform/cursor.rules.js';
import { DomainError } from '../platform/domain-error.js';
import { leafBelow, leaveLeaf } from '../posts/posts.repository.js';

/** A door whose conversations are kept apart from the history. */
export type Channel = 'simple';

/** The channel of the history. One, and compared for equality: only so an index orders the list. */
const HISTORY = 'web';

/** A conversation about to be made. */
export interface NewConversation {
  readonly title?: string | undefined;
  readonly model?: string | null | undefined;
  readonly instructions?: string | null | undefined;
  /** The door it is begun at. */
  readonly channel: string;
  /** Whether a person chose the title; absent: where there is one. */
  readonly titleByPerson?: boolean;
  readonly branchKey?: string | null;
}

type TimeColumn = 'pinnedAt' | 'updatedAt' | 'deletedAt';

@Injectable()
export class ConversationsRepository {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly removal: RemovalRepository,
  ) {}

  findPinned(
    userId: number,
    channel: Channel | undefined,
    after: Cursor | undefined,
    limit: number,
  ): Promise<Conversation[]> {
    const query = this.newestFirst('pinnedAt', userId, 'online', after, limit);
    return ofChannel(query.andWhere('c.pinnedAt IS NOT NULL'), 'online', channel).getMany();
  }

  findUnpinned(
    userId: number,
    channel: Channel | undefined,
    after: Cursor | undefined,
    limit: number,
  ): Promise<Conversation[]> {
    const query = this.newestFirst('updatedAt', userId, 'online', after, limit);
    return ofChannel(query.andWhere('c.pinnedAt IS NULL'), 'online', channel).getMany();
  }

  findDeleted(
    userId: number,
    channel: Channel | undefined,
    after: Cursor | undefined,
    limit: number,
  ): Promise<Conversation[]> {
    const query = this.newestFirst('deletedAt', userId, 'deleted', after, limit);
    return ofChannel(query, 'deleted', channel).getMany();
  }

  /** Deleted before the time, any owner: for the cleaner. */
  async findIdsDeletedBefore(time: Date, limit: number): Promise<number[]> {
    const rows = await this.dataSource
      .getRepository(Conversation)
      .createQueryBuilder('c')
      .select(['c.id'])
      .where('c.status = :status AND c.deletedAt < :time', { status: 'deleted', time })
      .limit(limit)
      .getMany();
    return rows.map(({ id }) => id);
  }

  async create(userId: number, wish: NewConversation): Promise<Conversation> {
    return inTransaction(this.dataSource, async (manager) => {
      const conversation = await insertConversation(manager, userId, wish);
      if (wish.title !== undefined) {
        await indexEntry(manager, {
          ownerId: userId,
          conversationId: conversation.id,
          postId: null,
          text: wish.title,
        });
      }
      return conversation;
    });
  }

  /**
   * Changes columns; a title counts as a person's.
   * @param show a post: the branch that it is on is shown from now on.
   * @throws {DomainError} POST.NOT_FOUND for a post elsewhere; then nothing was changed.
   */
  async change(
    { id, userId }: Conversation,
    columns: Partial<Pick<Conversation, 'title' | 'pinnedAt' | 'model' | 'instructions'>>,
    show?: number,
  ): Promise<void> {
    const { title } = columns;
    const set = { ...columns, ...(title === undefined ? {} : { titleByPerson: true }) };
    if (Object.keys(set).length === 0 && show === undefined) {
      return;
    }
    await inTransaction(this.dataSource, async (manager) => {
      if (show !== undefined) {
        await showBranch(manager, id, show);
      }
      if (Object.keys(set).length === 0) {
        return;
      }
      const { affected } = await manager.update(Conversation, { id }, set);
      // None: it was deleted for good a moment ago, and the index holds to what exists.
      if (title != null && affected !== 0) {
        await indexEntry(manager, {
          ownerId: userId,
          conversationId: id,
          postId: null,
          text: title,
        });
      }
    });
  }

  markDeleted(id: number, time: Date): Promise<void> {
    return this.mark(id, { status: 'deleted', deletedAt: time });
  }

  markOnline(id: number): Promise<void> {
    return this.mark(id, { status: 'online', deletedAt: null });
  }

  /** With what is attached. Emptying the trash at the same time may deadlock with it. */
  private async mark(id: number, set: Pick<Conversation, 'status' | 'deletedAt'>): Promise<void> {
    await inTransaction(this.dataSource, async (manager) => {
      await manager.update(Conversation, { id }, set);
      await this.removal.markAttachments(manager, id, set.deletedAt);
    });
  }

  async deleteForGood(ids: readonly number[]): Promise<void> {
    await inTransaction(this.dataSource, (manager) => this.deleteAll(manager, ids));
  }

  /** Deletes for good those that are still in the trash: one may just have been taken out of it. */
  async deleteFromTrash(ids: readonly number[]): Promise<void> {
    await inTransaction(this.dataSource, async (manager) => {
      const inTrash = manager
        .createQueryBuilder(Conversation, 'c')
        .select(['c.id'])
        .where('c.id IN (:...ids) AND c.status = :status', { ids, status: 'deleted' });
      const rows = await forUpdate(inTrash).getMany();
      await this.deleteAll(
        manager,
        rows.map(({ id }) => id),
      );
    });
  }

  private async deleteAll(manager: EntityManager, ids: readonly number[]): Promise<void> {
    // Locked first, so that whoever gives one a new title does so wholly before or not at all.
    const rows = manager
      .createQueryBuilder(Conversation, 'c')
      .select(['c.id'])
      .where({ id: In([...ids]) });
    await forUpdate(rows).getMany();
    await removeFromIndex(manager, ids);
    await this.removal.forgetAttachments(manager, ids);
    const branches = { branchedFromId: In([...ids]) };
    await manager.update(Conversation, branches, { branchedFromId: null, branchedPostId: null });
    await manager.delete(Conversation, { id: In([...ids]) });
  }

  private newestFirst(
    column: TimeColumn,
    userId: number,
    status: 'online' | 'deleted',
    after: Cursor | undefined,
    limit: number,
  ): SelectQueryBuilder<Conversation> {
    const query = this.dataSource
      .getRepository(Conversation)
      .createQueryBuilder('c')
      .where('c.userId = :userId AND c.status = :status', { userId, status })
      .orderBy(`c.${column}`, 'DESC')
      .addOrderBy('c.id', 'DESC')
      .limit(limit);
    return after === undefined
      ? query
      : query.andWhere(`(c.${column} < :time OR (c.${column} = :time AND c.id < :id))`, {
          time: after.time,
          id: after.id,
        });
  }
}

/**
 * Keeps to one channel. Without one the history leaves out what programs asked; the trash, which
 * is emptied as a whole, shows everything.
 */
export function ofChannel<Row extends ObjectLiteral>(
  query: SelectQueryBuilder<Row>,
  status: ConversationStatus,
  channel: Channel | undefined,
): SelectQueryBuilder<Row> {
  const kept = channel ?? (status === 'online' ? HISTORY : undefined);
  return kept === undefined ? query : query.andWhere('c.channel = :channel', { channel: kept });
}

/**
 * Inserts an empty conversation, within a transaction of whoever makes one.
 * @throws {DomainError} AUTH.SESSION_ENDED when the person was deleted a moment ago.
 */
export async function insertConversation(
  manager: EntityManager,
  userId: number,
  wish: NewConversation,
): Promise<Conversation> {
  const now = new Date();
  const conversation = manager.create(Conversation, {
    status: 'online',
    userId,
    createdAt: now,
    updatedAt: now,
    title: wish.title ?? null,
    titleByPerson: wish.titleByPerson ?? wish.title !== undefined,
    pinnedAt: null,
    deletedAt: null,
    channel: wish.channel,
    model: wish.model ?? null,
    instructions: wish.instructions ?? null,
    leafPostId: null,
    branchedFromId: null,
    branchedPostId: null,
    branchKey: wish.branchKey ?? null,
  });
  try {
    return await manager.save(conversation);
  } catch (error) {
    throw isOrphan(error) ? new DomainError('AUTH.SESSION_ENDED') : error;
  }
}

/** Under the lock that asking takes too: else a post asked meanwhile would be hidden below its parent. */
async function showBranch(manager: EntityManager, id: number, postId: number): Promise<void> {
  const query = manager.createQueryBuilder(Conversation, 'c').where('c.id = :id', { id });
  const conversation = await forUpdate(query).getOne();
  if (!conversation) {
    throw new DomainError('CONVERSATION.NOT_FOUND'); // Deleted for good since the check.
  }
  const leaf = await leafBelow(manager, conversation, postId);
  if (leaf === null) {
    throw new DomainError('POST.NOT_FOUND');
  }
  const { leafPostId } = conversation;
  if (leafPostId !== null && leafPostId !== leaf) {
    await leaveLeaf(manager, leafPostId);
  }
  await manager.update(Conversation, { id }, { leafPostId: leaf });
}
