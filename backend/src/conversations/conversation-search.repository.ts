import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { Conversation, engineOf, searchCondition } from '#db';
import { DataSource, In } from 'typeorm';
import type { Cursor } from '../platform/cursor.rules.js';
import { type Channel, ofChannel } from './conversations.repository.js';

/** A conversation that a search found, and the newest post in it that matches. */
export interface ConversationHit {
  readonly conversation: Conversation;
  /** Null when only the title matches. */
  readonly postId: number | null;
}

/** Which of a person's conversations are looked through. */
export interface Shelf {
  readonly status: 'online' | 'deleted';
  readonly channel?: Channel | undefined;
}

@Injectable()
export class ConversationSearchRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  async find(
    userId: number,
    q: string,
    { status, channel }: Shelf,
    after: Cursor | undefined,
    limit: number,
  ): Promise<ConversationHit[]> {
    const condition = searchCondition(engineOf(this.dataSource), userId, q);
    if (!condition) {
      return [];
    }
    const query = this.dataSource
      .createQueryBuilder()
      .select('c.id', 'id')
      .addSelect('f.post_id', 'postId')
      // Words first: joined at once, SQLite looks for each conversation through all the hits, which
      // took ten seconds where a person had 30,000.
      .from(
        (found) =>
          found
            .select('s.conversation_id', 'conversation_id')
            .addSelect('MAX(s.post_id)', 'post_id')
            .from('search_text', 's')
            .where(condition.sql)
            .groupBy('s.conversation_id'),
        'f',
      )
      .innerJoin(Conversation, 'c', 'c.id = f.conversation_id')
      .setParameters({ match: condition.match })
      .where('c.userId = :userId AND c.status = :status', { userId, status })
      .orderBy('c.updatedAt', 'DESC')
      .addOrderBy('c.id', 'DESC')
      .limit(limit);
    if (after) {
      query.andWhere('(c.updatedAt < :time OR (c.updatedAt = :time AND c.id < :id))', {
        time: after.time,
        id: after.id,
      });
    }
    const found = await ofChannel(query, status, channel).getRawMany<{
      id: number;
      postId: number | null;
    }>();
    const conversations = await this.byId(found.map(({ id }) => id));
    return found.flatMap(({ id, postId }) => {
      const conversation = conversations.get(id);
      return conversation ? [{ conversation, postId }] : [];
    });
  }

  /** The posts of a conversation with all the words, on any branch, newest first. */
  async postsWith(userId: number, conversationId: number, q: string): Promise<number[]> {
    const condition = searchCondition(engineOf(this.dataSource), userId, q);
    if (!condition) {
      return [];
    }
    const rows = await this.dataSource
      .createQueryBuilder()
      .select('s.post_id', 'postId')
      .from('search_text', 's')
      .where('s.conversation_id = :conversationId AND s.post_id IS NOT NULL', { conversationId })
      .andWhere(condition.sql, { match: condition.match })
      .orderBy('s.post_id', 'DESC')
      .getRawMany<{ postId: number }>();
    return rows.map(({ postId }) => postId);
  }

  private async byId(ids: readonly number[]): Promise<Map<number, Conversation>> {
    const rows = await this.dataSource.getRepository(Conversation).findBy({ id: In([...ids]) });
    return new Map(rows.map((row) => [row.id, row]));
  }
}
