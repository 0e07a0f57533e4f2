import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import {
  Conversation,
  forUpdate,
  indexEntry,
  inTransaction,
  Post,
  PostPart,
  type PostStatus,
  Run,
} from '#db';
import { DataSource, type EntityManager, MoreThan } from 'typeorm';
import { replaceSources } from '../post-sources.repository.js';
import { continuation, type ShownText } from './spool.rules.js';
import type { SpooledText, SpoolOwner } from './spooled-run.js';

/** Writes what a process kept on its disk. Every write names the owner, like a checkpoint. */
@Injectable()
export class SpoolRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /**
   * Appends what the stored text of an open run lacks.
   * @returns false when the run is no longer this owner's; nothing was written then.
   */
  append(of: SpoolOwner, text: SpooledText): Promise<boolean> {
    return inTransaction(this.dataSource, async (manager) => {
      if (!(await lockedRun(manager, of, 'answering'))) {
        return false;
      }
      const { postId } = of;
      const post = await manager.findOneByOrFail(Post, { id: postId });
      const parts = await manager.find(PostPart, { where: { postId }, order: { seq: 'ASC' } });
      const stored = post.body + parts.map((part) => part.text).join('');
      const rest = continuation(stored, text);
      if (rest) {
        const seq = (parts.at(-1)?.seq ?? 0) + 1;
        await manager.insert(PostPart, { postId, seq, start: stored.length, text: rest });
      }
      if (text.standing) {
        await manager.update(Post, { id: postId }, { route: text.standing.route });
        await replaceSources(manager, postId, text.standing.sources);
      }
      return true;
    });
  }

  /**
   * Gives an answer that somebody else has ended, its owner being silent, the rest of what its
   * readers had seen by then: only where nobody has touched it since. It stays interrupted.
   * @returns whether it did.
   */
  async appendShown(of: SpoolOwner, text: ShownText): Promise<boolean> {
    const place = await this.dataSource
      .getRepository(Post)
      .findOne({ where: { id: of.postId }, select: { id: true, conversationId: true } });
    return place !== null && (await this.appendIn(place.conversationId, of, text));
  }

  private appendIn(conversationId: number, of: SpoolOwner, text: ShownText): Promise<boolean> {
    return inTransaction(this.dataSource, async (manager) => {
      // First, as whoever goes on with the answer does: that begins where the body ends by then.
      await forUpdate(
        manager.createQueryBuilder(Conversation, 'c').where('c.id = :id', { id: conversationId }),
      ).getOne();
      const run = await lockedRun(manager, of, 'interrupted');
      if (!run) {
        return false;
      }
      const { postId, userId, startedAt } = run;
      const isLast = !(await manager.existsBy(Run, { postId, startedAt: MoreThan(startedAt) }));
      const post = await manager.findOneByOrFail(Post, { id: postId });
      const isUntouched = isLast && post.errorCode === 'RUN.INTERRUPTED';
      const rest = isUntouched ? continuation(post.body, text) : undefined;
      if (!rest) {
        return false;
      }
      const { prompt } = post;
      const body = post.body + rest;
      await manager.update(Post, { id: postId }, { body, bodyTokens: null });
      const entry = { ownerId: userId, conversationId, postId, text: `${prompt}\n${body}` };
      await indexEntry(manager, entry);
      return true;
    });
  }
}

function lockedRun(
  manager: EntityManager,
  { runId, owner }: SpoolOwner,
  status: PostStatus,
): Promise<Run | null> {
  return forUpdate(
    manager
      .createQueryBuilder(Run, 'run')
      .where('run.id = :runId AND run.owner = :owner AND run.status = :status', {
        runId,
        owner,
        status,
      }),
  ).getOne();
}
