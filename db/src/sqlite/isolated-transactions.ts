import { type DataSource, QueryFailedError, QueryRunnerAlreadyReleasedError } from 'typeorm';
import type { BetterSqlite3Driver } from 'typeorm/driver/better-sqlite3/BetterSqlite3Driver.js';
import { BetterSqlite3QueryRunner } from 'typeorm/driver/better-sqlite3/BetterSqlite3QueryRunner.js';
import { QueryResult } from 'typeorm/query-runner/QueryResult.js';
import type { ThreadedDatabase } from './threaded-database.js';

type Release = () => void;

/** A first-come, first-served lock. */
class Lock {
  private tail: Promise<void> = Promise.resolve();
  private inLine = 0;

  /** How many wait for their turn. */
  get waiting(): number {
    return this.inLine;
  }

  async acquire(): Promise<Release> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const turn = this.tail;
    this.tail = promise;
    this.inLine += 1;
    await turn;
    this.inLine -= 1;
    return resolve;
  }
}

/** The lock of each open database, for those who want to know how long its line is. */
const locks = new WeakMap<DataSource, Lock>();

/** One caller's own view of the shared connection: holds the lock from BEGIN to COMMIT. */
class IsolatedQueryRunner extends BetterSqlite3QueryRunner {
  private held: Release | undefined;

  constructor(
    driver: BetterSqlite3Driver,
    private readonly lock: Lock,
  ) {
    super(driver);
  }

  override async startTransaction(): Promise<void> {
    this.held ??= await this.lock.acquire();
    try {
      await super.startTransaction();
    } catch (error) {
      this.isTransactionActive = false;
      this.unlock();
      throw error;
    }
  }

  override async commitTransaction(): Promise<void> {
    try {
      await super.commitTransaction();
    } finally {
      this.unlock();
    }
  }

  override async rollbackTransaction(): Promise<void> {
    try {
      await super.rollbackTransaction();
    } catch (error) {
      // It is over all the same: SQLite undoes it by itself when the disk is full or fails.
      this.isTransactionActive = false;
      throw error;
    } finally {
      this.unlock();
    }
  }

  override async release(): Promise<void> {
    if (this.isTransactionActive) {
      await this.rollbackTransaction();
    }
    await super.release();
  }

  override async query<T = unknown>(
    sql: string,
    parameters: unknown[] = [],
    useStructuredResult = false,
  ): Promise<T> {
    if (this.isReleased) {
      throw new QueryRunnerAlreadyReleasedError();
    }
    // Taking the write lock at once: a read that later wants to write could not get it.
    const statement = sql === 'BEGIN TRANSACTION' ? 'BEGIN IMMEDIATE' : sql;
    const release = this.held ? undefined : await this.lock.acquire();
    try {
      const result = await this.ask(statement, parameters);
      return (useStructuredResult ? result : result.raw) as T;
    } finally {
      release?.();
    }
  }

  private async ask(sql: string, parameters: unknown[]): Promise<QueryResult> {
    const database = (await this.connect()) as ThreadedDatabase;
    // SQLite has no booleans.
    const bound = parameters.map((value) => (typeof value === 'boolean' ? Number(value) : value));
    const result = new QueryResult();
    try {
      const answer = await database.query(sql, bound);
      if ('rows' in answer) {
        result.raw = answer.rows;
        result.records = [...answer.rows];
      } else if ('affected' in answer) {
        result.raw = answer.lastId;
        result.affected = answer.affected;
      }
      return result;
    } catch (error) {
      throw new QueryFailedError(sql, bound, error as Error);
    }
  }

  private unlock(): void {
    if (!this.isTransactionActive) {
      this.held?.();
      this.held = undefined;
    }
  }
}

/**
 * Gives each caller its own query runner. TypeORM's SQLite drivers hand one to everybody, so that
 * while A is in a transaction B's writes join it, and A's rollback deletes them.
 * Inside a transaction use only its own manager: any other waits for it to end.
 */
export function isolateTransactions(dataSource: DataSource): void {
  const driver = dataSource.driver as BetterSqlite3Driver;
  const lock = new Lock();
  locks.set(dataSource, lock);
  driver.createQueryRunner = () => new IsolatedQueryRunner(driver, lock);
}

/** How many statements and transactions wait for the one connection. */
export function sqliteQueue(dataSource: DataSource): number {
  return locks.get(dataSource)?.waiting ?? 0;
}
