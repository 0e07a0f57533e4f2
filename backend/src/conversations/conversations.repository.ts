import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { Conversation, indexEntry, inTransaction, removeFromIndex } from '#db';
import { DataSource, In, type SelectQueryBuilder } from 'typeorm';
import type { Cursor } from '../platform/cursor.rules.js';

type TimeColumn = 'pinnedAt' | 'updatedAt' | 'deletedAt';

@Injectable()
export class ConversationsRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  findPinned(userId: number, after: Cursor | undefined, limit: number): Promise<Conversation[]> {
    return this.newestFirst('pinnedAt', userId, 'online', after, limit)
      .andWhere('c.pinnedAt IS NOT NULL')
      .getMany();
  }

  findUnpinned(userId: number, after: Cursor | undefined, limit: number): Promise<Conversation[]> {
    return this.newestFirst('updatedAt', userId, 'online', after, limit)
      .andWhere('c.pinnedAt IS NULL')
      .getMany();
  }

  findDeleted(userId: number, after: Cursor | undefined, limit: number): Promise<Conversation[]> {
    return this.newestFirst('deletedAt', userId, 'deleted', after, limit).getMany();
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

  async create(
    userId: number,
    wish: {
      title?: string | undefined;
      model?: string | null | undefined;
      instructions?: string | null | undefined;
      channel: string;
    },
  ): Promise<Conversation> {
    const now = new Date();
    return inTransaction(this.dataSource, async (manager) => {
      const conversation = await manager.save(
        manager.create(Conversation, {
          status: 'online',
          userId,
          createdAt: now,
          updatedAt: now,
          title: wish.title ?? null,
          titleByPerson: wish.title !== undefined,
          pinnedAt: null,
          deletedAt: null,
          channel: wish.channel,
          model: wish.model ?? null,
          instructions: wish.instructions ?? null,
          leafPostId: null,
        }),
      );
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

  /** Changes columns; a title counts as a person's. */
  async change(
    { id, userId }: Conversation,
    columns: Partial<
      Pick<Conversation, 'title' | 'pinnedAt' | 'model' | 'instructions' | 'leafPostId'>
    >,
  ): Promise<void> {
    const { title } = columns;
    const set = { ...columns, ...(title === undefined ? {} : { titleByPerson: true }) };
    if (Object.keys(set).length === 0) {
      return;
    }
    await inTransaction(this.dataSource, async (manager) => {
      await manager.update(Conversation, { id }, set);
      if (title != null) {
        await indexEntry(manager, {
          ownerId: userId,
          conversationId: id,
          postId: null,
          text: title,
        });
      }
    });
  }

  async markDeleted(id: number, time: Date): Promise<void> {
    await this.dataSource
      .getRepository(Conversation)
      .update({ id }, { status: 'deleted', deletedAt: time });
  }

  async markOnline(id: number): Promise<void> {
    await this.dataSource
      .getRepository(Conversation)
      .update({ id }, { status: 'online', deletedAt: null });
  }

  async deleteForGood(ids: readonly number[]): Promise<void> {
    await inTransaction(this.dataSource, async (manager) => {
      await removeFromIndex(manager, ids);
      await manager.delete(Conversation, { id: In([...ids]) });
    });
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
