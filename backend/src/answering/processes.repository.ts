import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import {
  type Engine,
  engineOf,
  inTransaction,
  NOW_SQL,
  Post,
  PostPart,
  type PostStatus,
  Process,
  Run,
  secondsAgoSql,
  shareCounting,
} from '#db';
import { DataSource, type EntityManager, Not } from 'typeorm';
import { finishConversation } from './runs.repository.js';

/** Silence after which a process counts as dead: three missed signs of life. */
const DEAD_AFTER_SECONDS = 6;

/** What runs are looked for by. */
export type RunPlace =
  { readonly postId: number } | { readonly conversationId: number } | { readonly userId: number };

/** Why a run stops that this process no longer owns; undefined: it went with its conversation. */
export const stopReasonOf = (status: PostStatus = 'stopped'): 'stopped' | 'lost' =>
  status === 'stopped' ? 'stopped' : 'lost';

/** The servers that share this database, and the runs that dead ones left behind. */
@Injectable()
export class ProcessesRepository {
  private readonly engine: Engine;

  constructor(@InjectDataSource() private readonly dataSource: DataSource) {
    this.engine = engineOf(dataSource);
  }

  /**
   * A sign of life, by the database's clock.
   * @returns false when others took this process for dead and removed it.
   */
  async renew(id: string): Promise<boolean> {
    const { affected } = await this.dataSource
      .createQueryBuilder()
      .update(Process)
      .set({ seenAt: () => NOW_SQL[this.engine] })
      .where({ id })
      .execute();
    return affected !== 0;
  }

  async register(id: string): Promise<void> {
    await this.dataSource
      .createQueryBuilder()
      .insert()
      .into(Process)
      .values({ id, seenAt: () => NOW_SQL[this.engine] })
      .execute();
  }

  /** Whether a process has given a sign of life lately enough to count as living. */
  givesSigns(id: string): Promise<boolean> {
    const silent = secondsAgoSql(this.engine, DEAD_AFTER_SECONDS);
    return this.dataSource
      .getRepository(Process)
      .createQueryBuilder('process')
      .where(`process.id = :id AND process.seenAt >= ${silent}`, { id })
      .getExists();
  }

  async remove(id: string): Promise<void> {
    await this.dataSource.getRepository(Process).delete({ id });
  }

  /** How many processes have given a sign of life lately. */
  countLiving(): Promise<number> {
    return this.dataSource
      .getRepository(Process)
      .createQueryBuilder('process')
      .where(`process.seenAt >= ${secondsAgoSql(this.engine, DEAD_AFTER_SECONDS)}`)
      .getCount();
  }

  /** SQLite's folder belongs to one process, so every other one is gone. */
  async removeOthersIfAlone(id: string): Promise<void> {
    if (this.engine === 'sqlite') {
      await this.dataSource.getRepository(Process).delete({ id: Not(id) });
    }
  }

  /** Runs still open whose process is gone or silent. */
  findOrphans(limit: number): Promise<Run[]> {
    const silent = secondsAgoSql(this.engine, DEAD_AFTER_SECONDS);
    return this.dataSource
      .getRepository(Run)
      .createQueryBuilder('run')
      .leftJoin(Process, 'process', 'process.id = run.owner')
      .where('run.status = :status', { status: 'answering' })
      .andWhere(`(process.id IS NULL OR process.seenAt < ${silent})`)
      .limit(limit)
      .getMany();
  }

  /** Open runs of a process. */
  findOpenOf(owner: string): Promise<Run[]> {
    return this.dataSource.getRepository(Run).findBy({ owner, status: 'answering' });
  }

  /** Open runs of other processes. */
  findOpenElsewhere(place: RunPlace, owner: string): Promise<Run[]> {
    const query = this.dataSource
      .getRepository(Run)
      .createQueryBuilder('run')
      .where('run.status = :status AND run.owner <> :owner', { status: 'answering', owner });
    if ('postId' in place) query.andWhere('run.postId = :postId', place);
    if ('userId' in place) query.andWhere('run.userId = :userId', place);
    if ('conversationId' in place) {
      query
        .innerJoin(Post, 'post', 'post.id = run.postId')
        .andWhere('post.conversationId = :conversationId', place);
    }
    return query.getMany();
  }

  /** Undefined when its conversation was deleted for good. */
  async statusOf(runId: string): Promise<PostStatus | undefined> {
    return (await this.dataSource.getRepository(Run).findOneBy({ id: runId }))?.status;
  }

  async removeSilent(): Promise<void> {
    await this.dataSource
      .createQueryBuilder()
      .delete()
      .from(Process)
      .where(`seen_at < ${secondsAgoSql(this.engine, DEAD_AFTER_SECONDS * 10)}`)
      .execute();
  }

  /**
   * Ends a run of another process: the checkpoints become the body, and `also`, given their text,
   * runs in the same transaction. If its owner lives, its next checkpoint finds that the run is its own no longer.
   * @returns false when another process was faster.
   */
  end(
    run: Run,
    status: 'interrupted' | 'stopped',
    also: (manager: EntityManager, stored: string) => Promise<void>,
  ): Promise<boolean> {
    return inTransaction(this.dataSource, async (manager) => {
      await shareCounting(manager);
      const now = new Date();
      const { affected } = await manager.update(
        Run,
        { id: run.id, owner: run.owner, status: 'answering' },
        { status, endedAt: now },
      );
      if (affected === 0) {
        return false;
      }
      const post = await manager.findOneByOrFail(Post, { id: run.postId });
      const parts = await manager.find(PostPart, {
        where: { postId: post.id },
        order: { seq: 'ASC' },
      });
      const stored = parts.map(({ text }) => text).join('');
      post.body += stored;
      // Counts of an earlier run on the same post would be too few for what the body is now.
      const ended = {
        status,
        errorCode: status === 'interrupted' ? ('RUN.INTERRUPTED' as const) : null,
        bodyTokens: null,
      };
      await manager.update(Post, { id: post.id }, { ...ended, body: post.body, finishedAt: now });
      await manager.delete(PostPart, { postId: post.id });
      const { conversationId } = post;
      const ending = { conversationId, userId: run.userId, post, written: null };
      await finishConversation(manager, ending, now);
      await also(manager, stored);
      return true;
    });
  }
}
