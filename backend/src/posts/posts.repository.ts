import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import {
  type Conversation,
  engineOf,
  Feedback,
  inTransaction,
  isOrphan,
  Post,
  Run,
  searchCondition,
} from '#db';
import { DataSource, type EntityManager, In, IsNull, MoreThanOrEqual, Not } from 'typeorm';
import { leafToShow } from './branch.rules.js';

type ShownAt = Pick<Conversation, 'id' | 'leafPostId'>;

@Injectable()
export class PostsRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** The post and its ancestors, newest first, at most `limit`. Follows `parentId`, never ids. */
  async branch(conversationId: number, from: number, limit: number): Promise<Post[]> {
    const rows = await this.dataSource
      .createQueryBuilder()
      .addCommonTableExpression(
        `SELECT id, parent_id, 1 FROM posts
           WHERE id = :from AND conversation_id = :conversationId
         UNION ALL
         SELECT p.id, p.parent_id, b.depth + 1 FROM posts p
           INNER JOIN branch b ON p.id = b.parent_id WHERE b.depth < :limit`,
        'branch',
        { recursive: true, columnNames: ['id', 'parent_id', 'depth'] },
      )
      .select('b.id', 'id')
      .from('branch', 'b')
      .setParameters({ from, conversationId, limit })
      .getRawMany<{ id: number }>();
    // A child always has a greater id than its parent.
    return this.dataSource
      .getRepository(Post)
      .find({ where: { id: In(rows.map(({ id }) => id)) }, order: { id: 'DESC' } });
  }

  /** The end of the branch that shows a post: see {@link leafToShow}. Null: it is elsewhere. */
  leafBelow(conversation: ShownAt, postId: number): Promise<number | null> {
    return leafBelow(this.dataSource.manager, conversation, postId);
  }

  /** All posts of a conversation, whatever their branch, newest first. */
  newestOf(conversationId: number, after: number | undefined, limit: number): Promise<Post[]> {
    const query = this.dataSource
      .getRepository(Post)
      .createQueryBuilder('p')
      .where('p.conversationId = :conversationId', { conversationId })
      .orderBy('p.id', 'DESC')
      .limit(limit);
    return (after === undefined ? query : query.andWhere('p.id < :after', { after })).getMany();
  }

  /** A person's posts in conversations that are not in the trash, newest first. */
  async findByOwner(
    userId: number,
    q: string | undefined,
    after: number | undefined,
    limit: number,
  ): Promise<Post[]> {
    const query = this.dataSource
      .getRepository(Post)
      .createQueryBuilder('p')
      .innerJoin('p.conversation', 'c')
      .where('c.userId = :userId AND c.status = :status', { userId, status: 'online' })
      .orderBy('p.id', 'DESC')
      .limit(limit);
    if (after !== undefined) {
      query.andWhere('p.id < :after', { after });
    }
    if (q !== undefined) {
      const condition = searchCondition(engineOf(this.dataSource), userId, q);
      if (!condition) {
        return [];
      }
      query
        .innerJoin('search_text', 's', 's.post_id = p.id')
        .andWhere(condition.sql, { match: condition.match });
    }
    return query.getMany();
  }

  /** Prompt and answer of posts, by id: what a search looks through. */
  async textsOf(ids: readonly number[]): Promise<Map<number, string>> {
    const posts = await this.dataSource
      .getRepository(Post)
      .find({ select: { id: true, prompt: true, body: true }, where: { id: In([...ids]) } });
    return new Map(posts.map(({ id, prompt, body }) => [id, `${prompt}\n${body}`]));
  }

  /** Traces of the runs that made an answer, oldest first. */
  async tracesOf(postId: number): Promise<string[]> {
    const runs = await this.dataSource.getRepository(Run).find({
      select: { traceId: true },
      where: { postId, traceId: Not(IsNull()) },
      order: { startedAt: 'ASC' },
    });
    return runs.flatMap(({ traceId }) => traceId ?? []);
  }

  hasFeedback(postId: number): Promise<boolean> {
    return this.dataSource.getRepository(Feedback).existsBy({ postId });
  }

  /**
   * @param value 0 takes the thumb back.
   * @returns false when the post was deleted in this moment.
   */
  async setFeedback(postId: number, value: 1 | -1 | 0): Promise<boolean> {
    try {
      await inTransaction<unknown>(this.dataSource, (manager) =>
        value === 0
          ? manager.delete(Feedback, { postId })
          : manager.upsert(Feedback, { postId, value, createdAt: new Date() }, ['postId']),
      );
      return true;
    } catch (error) {
      if (isOrphan(error)) {
        return false;
      }
      throw error;
    }
  }

  async setPinned(id: number, pinnedAt: Date | null): Promise<void> {
    await this.change(id, { pinnedAt });
  }

  async setFreshStart(id: number, freshStartAt: Date | null): Promise<void> {
    await this.change(id, { freshStartAt });
  }

  /** Tried again where another transaction's lock is in the way: one statement alone would fail. */
  private async change(id: number, set: Partial<Pick<Post, 'pinnedAt' | 'freshStartAt'>>) {
    await inTransaction(this.dataSource, (manager) => manager.update(Post, { id }, set));
  }
}

/** {@link PostsRepository.leafBelow}, within a transaction of whoever moves the leaf. */
export async function leafBelow(
  manager: EntityManager,
  { id: conversationId, leafPostId }: ShownAt,
  postId: number,
): Promise<number | null> {
  // Not by a recursive query: MariaDB ends those, without an error, after 1,000 levels.
  const rows = await manager.find(Post, {
    select: { id: true, parentId: true, leftAt: true },
    where: { conversationId, id: MoreThanOrEqual(postId) },
    order: { id: 'ASC' },
  });
  return leafToShow(rows, postId, leafPostId);
}

/** Remembers that a post was the end of the branch shown until now. */
export async function leaveLeaf(manager: EntityManager, postId: number): Promise<void> {
  await manager.update(Post, { id: postId }, { leftAt: new Date() });
}
