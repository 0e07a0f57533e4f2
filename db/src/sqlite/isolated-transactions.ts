import type { DataSource } from 'typeorm';
import type { BetterSqlite3Driver } from 'typeorm/driver/better-sqlite3/BetterSqlite3Driver.js';
import { BetterSqlite3QueryRunner } from 'typeorm/driver/better-sqlite3/BetterSqlite3QueryRunner.js';

type Release = () => void;

/** A first-come, first-served lock. */
class Lock {
  private tail: Promise<void> = Promise.resolve();

  async acquire(): Promise<Release> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const turn = this.tail;
    this.tail = promise;
    await turn;
    return resolve;
  }
}

/** One caller's own view of the shared connection: holds the lock from BEGIN to COMMIT. */
class IsolatedQueryRunner extends BetterSqlite3QueryRunner {
  private held: Release | undefined;

  constructor(
    driver: BetterSqlite3Driver,
    private readonly lock: Lock,
    statements: Map<string, unknown>,
  ) {
    super(driver);
    // Shared, or every caller would compile every statement anew.
    Reflect.set(this, 'stmtCache', statements);
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

  override async query(
    ...args: Parameters<BetterSqlite3QueryRunner['query']>
  ): ReturnType<BetterSqlite3QueryRunner['query']> {
    const [statement, ...rest] = args;
    // Taking the write lock at once: a read that later wants to write could not get it.
    const sql = statement === 'BEGIN TRANSACTION' ? 'BEGIN IMMEDIATE' : statement;
    if (this.held) {
      return await super.query(sql, ...rest);
    }
    const release = await this.lock.acquire();
    try {
      return await super.query(sql, ...rest);
    } finally {
      release();
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
  const statements = new Map<string, unknown>();
  driver.createQueryRunner = () => new IsolatedQueryRunner(driver, lock, statements);
}
