import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { Feedback, Post, PostPart, PostSource, Run, Usage } from '#db';
import { DataSource, In, IsNull } from 'typeorm';
import { HitsRepository } from '../guardrails/events/hits.repository.js';
import { answeringCall } from '../usage/receipt.rules.js';
import type { PostDetails } from './post.response.js';

/** Reads what is shown beside posts, in one query a table however many posts there are. */
@Injectable()
export class PostDetailsRepository {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly rails: HitsRepository,
  ) {}

  /** Keeps whether the owner of a post says that its rails were wrong. */
  reportRails(postId: number, wrong: boolean): Promise<void> {
    return this.rails.report(postId, wrong);
  }

  /** The posts with their details, in the order given. */
  async of(given: readonly Post[]): Promise<Omit<PostDetails, 'traceUrl' | 'values'>[]> {
    if (given.length === 0) {
      return [];
    }
    const { posts, parts } = await this.withParts(given);
    const ids = posts.map(({ id }) => id);
    const [siblings, sources, calls, feedback, rails] = await Promise.all([
      this.siblings(posts),
      this.find(PostSource, ids, { postId: 'ASC', n: 'ASC' }),
      this.find(Usage, ids, {}),
      this.find(Feedback, ids, {}),
      this.rails.ofPosts(ids),
    ]);
    return posts.map((post) => ({
      post,
      body: post.body + (parts.get(post.id) ?? ''),
      siblingIds: siblings.get(placeOf(post)) ?? [post.id],
      sources: sources.get(post.id) ?? [],
      calls: calls.get(post.id) ?? [],
      feedback: feedback.get(post.id)?.[0],
      rails: rails.filter(({ postId }) => postId === post.id),
    }));
  }

  /** The traces of the runs that gave posts their answers, by the posts' ids. */
  async tracesOf(
    details: readonly Pick<PostDetails, 'post' | 'calls'>[],
  ): Promise<Map<number, string>> {
    const runOf = new Map(details.map(({ post, calls }) => [post.id, answeringCall(calls)?.runId]));
    const runs = await this.dataSource.getRepository(Run).find({
      select: { id: true, postId: true, traceId: true },
      where: { id: In([...runOf.values()].filter((id) => id !== undefined)) },
    });
    return new Map(
      runs.flatMap(({ postId, traceId }) => (traceId === null ? [] : [[postId, traceId] as const])),
    );
  }

  /**
   * Joins the checkpoints of answers still being made. The parts are read before the post: were
   * it the other way round, a run that settles in between would leave neither.
   */
  private async withParts(
    given: readonly Post[],
  ): Promise<{ posts: readonly Post[]; parts: ReadonlyMap<number, string> }> {
    const answering = given.filter(({ status }) => status === 'answering').map(({ id }) => id);
    if (answering.length === 0) {
      return { posts: given, parts: new Map() };
    }
    const stored = await this.find(PostPart, answering, { postId: 'ASC', seq: 'ASC' });
    const fresh = await this.dataSource.getRepository(Post).findBy({ id: In(answering) });
    const byId = new Map(fresh.map((post) => [post.id, post]));
    const parts = fresh
      .filter(({ status }) => status === 'answering')
      .map(({ id }): [number, string] => [
        id,
        (stored.get(id) ?? []).map(({ text }) => text).join(''),
      ]);
    return { posts: given.map((post) => byId.get(post.id) ?? post), parts: new Map(parts) };
  }

  private async find<Row extends { postId: number }>(
    entity: new () => Row,
    postIds: readonly number[],
    order: Partial<Record<keyof Row & string, 'ASC' | 'DESC'>>,
  ): Promise<Map<number, Row[]>> {
    if (postIds.length === 0) {
      return new Map();
    }
    const query = this.dataSource
      .getRepository(entity)
      .createQueryBuilder('row')
      .where('row.postId IN (:...postIds)', { postIds });
    for (const [column, direction] of Object.entries(order)) {
      query.addOrderBy(`row.${column}`, direction as 'ASC' | 'DESC');
    }
    return Map.groupBy(await query.getMany(), ({ postId }) => postId);
  }

  private async siblings(posts: readonly Post[]): Promise<Map<string, number[]>> {
    const parents = posts.flatMap(({ parentId }) => parentId ?? []);
    const roots = posts.flatMap(({ parentId, conversationId }) =>
      parentId === null ? [conversationId] : [],
    );
    const rows = await this.dataSource.getRepository(Post).find({
      select: { id: true, parentId: true, conversationId: true },
      where: [{ parentId: In(parents) }, { conversationId: In(roots), parentId: IsNull() }],
      order: { id: 'ASC' },
    });
    return new Map(
      Array.from(Map.groupBy(rows, placeOf), ([place, group]) => [
        place,
        group.map(({ id }) => id),
      ]),
    );
  }
}

/** Posts at the same place of the tree are siblings. */
const placeOf = ({ conversationId, parentId }: Pick<Post, 'conversationId' | 'parentId'>) =>
  `${String(conversationId)}/${String(parentId)}`;
