import { DatabaseUnfitError, Run, Usage } from '#db';
import { type DataSource, QueryFailedError } from 'typeorm';
import type { LedgerCall } from './reconcile.rules.js';

/** What of a row is read, and of the run that it belongs to. */
interface Row {
  readonly id: number | string;
  readonly runId: string;
  readonly purpose: string;
  readonly model: string;
  readonly outcome: string | null;
  readonly promptTokens: number | null;
  readonly completionTokens: number | null;
  readonly costNanoUsd: number | null;
  readonly openedAt: Date;
  readonly closedAt: Date | null;
}

/** The ledger, read by time. */
export class LedgerDayRepository {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * The calls that were opened from the first moment up to, and without, the last.
   * @throws {DatabaseUnfitError} for a database of another version.
   */
  async find(from: Date, to: Date): Promise<readonly LedgerCall[]> {
    try {
      return await this.read(from, to);
    } catch (error) {
      if (!(error instanceof QueryFailedError)) throw error;
      throw new DatabaseUnfitError(
        `The ledger cannot be read (DATABASE_URL): ${error.message}\nStart this version of Prosa once: it brings the database up to date.`,
      );
    }
  }

  private async read(from: Date, to: Date): Promise<readonly LedgerCall[]> {
    const rows: Row[] = await this.dataSource
      .getRepository(Usage)
      .createQueryBuilder('usage')
      .where('usage.openedAt >= :from AND usage.openedAt < :to', { from, to })
      .orderBy('usage.id')
      .getMany();
    const traces = await this.tracesOf(from, to);
    return rows.map(({ id, closedAt, promptTokens, completionTokens, ...row }) => ({
      ...row,
      id: Number(id),
      promptTokens: promptTokens ?? 0,
      completionTokens: completionTokens ?? 0,
      isOpen: closedAt === null,
      traceId: traces.get(row.runId),
    }));
  }

  /** The traces of runs by their ids; a run that is gone is not among them. */
  private async tracesOf(from: Date, to: Date): Promise<Map<string, string | null>> {
    const runs = await this.dataSource
      .createQueryBuilder(Run, 'run')
      .select(['run.id', 'run.traceId'])
      .innerJoin(Usage, 'usage', 'usage.runId = run.id')
      .where('usage.openedAt >= :from AND usage.openedAt < :to', { from, to })
      .getMany();
    return new Map(runs.map(({ id, traceId }) => [id, traceId]));
  }
}
