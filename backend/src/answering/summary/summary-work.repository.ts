import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { engineOf, Process, secondsAgoSql, Summary } from '#db';
import { DataSource, type EntityManager } from 'typeorm';
import { ProcessId } from '../process-id.js';

/** As for runs: three missed signs of life. */
const DEAD_AFTER_SECONDS = 6;

/** Far more than a summary may take. */
const LONGEST_WORK_MS = 10 * 60_000;

/** What a summary is about to be made of. */
export type NewSummary = Pick<
  Summary,
  'runId' | 'conversationId' | 'afterPostId' | 'postId' | 'posts' | 'model'
>;

/** Summaries while they are made: a row each, which says whose work it is. */
@Injectable()
export class SummaryWorkRepository {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly process: ProcessId,
  ) {}

  /** All of a conversation, those that are being made or were undone among them. */
  all(conversationId: number): Promise<Summary[]> {
    return this.dataSource
      .getRepository(Summary)
      .find({ where: { conversationId }, order: { postId: 'DESC' } });
  }

  /**
   * Takes the place of a summary.
   * @throws the driver's error of a duplicate where another has it, or of an orphan where the
   * conversation is gone.
   */
  async begin(summary: NewSummary): Promise<number> {
    const { identifiers } = await this.dataSource.getRepository(Summary).insert({
      ...summary,
      ...{ owner: this.process.value, text: '', tokens: 0, costNanoUsd: null },
      ...{ createdAt: new Date(), undoneAt: null },
    });
    return Number(identifiers[0]?.['id']);
  }

  /** Unless another process has given this one up meanwhile. */
  async finish(
    manager: EntityManager,
    id: number,
    made: Pick<Summary, 'text' | 'tokens' | 'costNanoUsd'>,
  ): Promise<void> {
    const own = { id, owner: this.process.value };
    await manager.update(Summary, own, { ...made, owner: null, createdAt: new Date() });
  }

  async drop(manager: EntityManager, id: number): Promise<void> {
    await manager.delete(Summary, { id, owner: this.process.value });
  }

  /**
   * Those whose process is gone or silent, and own ones whose end could not be written: they would
   * hold what is set aside for them until this process ends.
   */
  findOrphans(): Promise<Summary[]> {
    const silent = secondsAgoSql(engineOf(this.dataSource), DEAD_AFTER_SECONDS);
    return this.dataSource
      .getRepository(Summary)
      .createQueryBuilder('s')
      .leftJoin(Process, 'process', 'process.id = s.owner')
      .where(`s.owner IS NOT NULL AND (process.id IS NULL OR process.seenAt < ${silent})`)
      .orWhere('s.owner = :self AND s.createdAt < :longAgo', {
        self: this.process.value,
        longAgo: new Date(Date.now() - LONGEST_WORK_MS),
      })
      .limit(50)
      .getMany();
  }

  async dropOrphan({ id, owner }: Summary): Promise<void> {
    if (owner !== null) await this.dataSource.getRepository(Summary).delete({ id, owner });
  }
}
