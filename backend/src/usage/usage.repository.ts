import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { Run, Usage } from '#db';
import { DataSource, type EntityManager, IsNull, MoreThan, Not } from 'typeorm';
import type { CallOutcome, ModelCall } from './model-call.js';

const MOST_AT_ONCE = 100;
/** Enough for all models that are asked now and then, and read in milliseconds. */
const LATELY_ROWS = 2000;

/** A prompt that a provider has counted. In tokens. */
export interface CountedRow {
  readonly model: string;
  readonly counted: number;
  readonly estimated: number;
}

@Injectable()
export class UsageRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  async insertOpen(manager: EntityManager, call: ModelCall): Promise<number> {
    const { identifiers } = await manager.insert(Usage, {
      ...call,
      estimated: false,
      openedAt: new Date(),
    });
    return Number(identifiers[0]?.['id']);
  }

  /** @returns false when it was closed before. */
  async close(manager: EntityManager, id: number, outcome: CallOutcome): Promise<boolean> {
    const closed = { ...outcome, closedAt: new Date() };
    const { affected } = await manager.update(Usage, { id, closedAt: IsNull() }, closed);
    return affected !== 0;
  }

  findOfPost(postId: number): Promise<Usage[]> {
    return this.dataSource.getRepository(Usage).findBy({ postId });
  }

  findOpenOf(runId: string): Promise<Usage[]> {
    return this.dataSource
      .getRepository(Usage)
      .find({ where: { runId, closedAt: IsNull() }, order: { id: 'ASC' } });
  }

  /** Open rows from before the time that no open run will close. */
  findLost(openedBefore: Date): Promise<Usage[]> {
    return this.dataSource
      .getRepository(Usage)
      .createQueryBuilder('u')
      .leftJoin(Run, 'run', "run.id = u.runId AND run.status = 'answering'")
      .where('u.closedAt IS NULL AND u.openedAt < :openedBefore AND run.id IS NULL', {
        openedBefore,
      })
      .orderBy('u.id')
      .limit(MOST_AT_ONCE)
      .getMany();
  }

  /** What providers counted of the last prompts, beside the estimates; oldest first. */
  async findCountedLately(): Promise<CountedRow[]> {
    const { last } = (await this.dataSource
      .getRepository(Usage)
      .createQueryBuilder('u')
      .select('MAX(u.id)', 'last')
      .getRawOne<{ last: string | number | null }>()) ?? { last: null };
    const rows = await this.dataSource.getRepository(Usage).find({
      select: { model: true, promptTokens: true, promptEstimate: true },
      where: {
        id: MoreThan(Number(last ?? 0) - LATELY_ROWS),
        estimated: false,
        closedAt: Not(IsNull()),
        promptEstimate: Not(IsNull()),
      },
      order: { id: 'ASC' },
    });
    return rows.flatMap(({ model, promptTokens: counted, promptEstimate: estimated }) =>
      counted === null || estimated === null ? [] : [{ model, counted, estimated }],
    );
  }
}
