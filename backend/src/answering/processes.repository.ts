import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import {
  type Engine,
  engineOf,
  inTransaction,
  NOW_SQL,
  Post,
  PostPart,
  Process,
  Run,
  secondsAgoSql,
} from '#db';
import { DataSource, type EntityManager, LessThan, Not } from 'typeorm';
import { finishConversation } from './runs.repository.js';

/** Silence after which a process counts as dead: three missed signs of life. */
const DEAD_AFTER_SECONDS = 6;

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

  async remove(id: string): Promise<void> {
    await this.dataSource.getRepository(Process).delete({ id });
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

  /** Open runs of a process that began before the time: those it no longer answers were dropped. */
  findOpenOf(owner: string, startedBefore: Date): Promise<Run[]> {
    return this.dataSource
      .getRepository(Run)
      .findBy({ owner, status: 'answering', startedAt: LessThan(startedBefore) });
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
   * Ends an orphan: the checkpoints become the body, and `also` runs in the same transaction.
   * @returns false when another process was faster.
   */
  interrupt(orphan: Run, also: (manager: EntityManager) => Promise<void>): Promise<boolean> {
    return inTransaction(this.dataSource, async (manager) => {
      const now = new Date();
      const { affected } = await manager.update(
        Run,
        { id: orphan.id, owner: orphan.owner, status: 'answering' },
        { status: 'interrupted', endedAt: now },
      );
      if (affected === 0) {
        return false;
      }
      const post = await manager.findOneByOrFail(Post, { id: orphan.postId });
      const parts = await manager.find(PostPart, {
        where: { postId: post.id },
        order: { seq: 'ASC' },
      });
      post.body += parts.map(({ text }) => text).join('');
      // Counts of an earlier run on the same post would be too few for what the body is now.
      const ended = {
        status: 'interrupted',
        errorCode: 'RUN.INTERRUPTED',
        bodyTokens: null,
      } as const;
      await manager.update(Post, { id: post.id }, { ...ended, body: post.body, finishedAt: now });
      await manager.delete(PostPart, { postId: post.id });
      const { conversationId } = post;
      await finishConversation(manager, { conversationId, userId: orphan.userId, post }, now);
      await also(manager);
      return true;
    });
  }
}
