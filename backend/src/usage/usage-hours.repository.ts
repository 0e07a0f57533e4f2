import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { type Engine, engineOf, inTransaction, Usage, USAGE_GRAINS, type UsageGrain } from '#db';
import { DataSource, type EntityManager, In, IsNull, LessThan, Not } from 'typeorm';
import { SECONDS_SQL, SUMS, SUMS_OF_CALLS, wholeSql } from './usage-sql.js';

const PERSON = ['user_id', 'username'];
const WHAT = ['provider', 'model', 'purpose', 'door'];
const COLUMNS = [...PERSON, ...WHAT];

/** The columns that a grain tells by. */
const TOLD: Readonly<Record<UsageGrain, readonly string[]>> = {
  all: COLUMNS,
  person: PERSON,
  model: WHAT,
};
const NOTHING = (column: string) => (column === 'user_id' ? '0' : "''");

/** Another process has folded some of the calls meanwhile. */
class FoldedElsewhere extends Error {}

/** Adds calls of the ledger to the sums of their hours. */
@Injectable()
export class UsageHoursRepository {
  private readonly engine: Engine;

  constructor(@InjectDataSource() private readonly dataSource: DataSource) {
    this.engine = engineOf(dataSource);
  }

  /**
   * Folds some closed calls, the oldest first. What is summed up is marked in the same transaction:
   * each call is added once, whatever is killed and however many processes do this.
   * @returns how many; fewer than `limit` when there are no more, or others are folding them.
   */
  async foldSome(openedBefore: Date, limit: number): Promise<number> {
    const calls = await this.dataSource.getRepository(Usage).find({
      select: { id: true },
      where: { folded: false, openedAt: LessThan(openedBefore), closedAt: Not(IsNull()) },
      order: { openedAt: 'ASC' },
      take: limit,
    });
    const ids = calls.map(({ id }) => id);
    return ids.length > 0 && (await this.fold(ids)) ? ids.length : 0;
  }

  /** @returns false, and has done nothing, unless all of them were unfolded. */
  private async fold(ids: readonly number[]): Promise<boolean> {
    try {
      await inTransaction(this.dataSource, async (manager) => {
        // First, so that of two processes the second waits here, and then finds nothing to mark.
        const { affected } = await manager.update(
          Usage,
          { id: In([...ids]), folded: false },
          { folded: true },
        );
        if (affected !== ids.length) throw new FoldedElsewhere();
        for (const grain of USAGE_GRAINS) await this.add(manager, ids, grain);
      });
      return true;
    } catch (error) {
      if (error instanceof FoldedElsewhere) return false;
      throw error;
    }
  }

  private async add(
    manager: EntityManager,
    ids: readonly number[],
    grain: UsageGrain,
  ): Promise<void> {
    const { driver } = this.dataSource;
    const hour = wholeSql(this.engine, SECONDS_SQL[this.engine], 3600);
    const told = TOLD[grain];
    const values = COLUMNS.map((name) => (told.includes(name) ? name : NOTHING(name)));
    const sql = `INSERT INTO usage_hours (grain, hour, ${[...COLUMNS, ...SUMS].join(', ')})
      SELECT '${grain}', ${hour} AS opened_hour, ${values.join(', ')}, ${SUMS_OF_CALLS}
      FROM ${driver.escape('usage')}
      WHERE id IN (:...ids) GROUP BY opened_hour, ${told.join(', ')}
      ${this.onKnownHour()}`;
    await manager.query(...(driver.escapeQueryWithParameters(sql, { ids }) as [string, unknown[]]));
  }

  private onKnownHour(): string {
    const added = (fresh: (name: string) => string) =>
      SUMS.map((name) => `${name} = usage_hours.${name} + ${fresh(name)}`).join(', ');
    return this.engine === 'mariadb'
      ? `ON DUPLICATE KEY UPDATE ${added((name) => `VALUES(${name})`)}`
      : `ON CONFLICT (grain, hour, ${COLUMNS.join(', ')}) DO UPDATE SET ${added((name) => `excluded.${name}`)}`;
  }
}
