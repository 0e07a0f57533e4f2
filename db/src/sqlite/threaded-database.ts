import { Worker } from 'node:worker_threads';
import type { Statement, StatementAnswer } from './statement-answer.js';

/** A statement that SQLite refused. `code` is SQLite's own, e.g. `SQLITE_CONSTRAINT_UNIQUE`. */
export class SqliteError extends Error {
  override readonly name = 'SqliteError';

  constructor(
    message: string,
    readonly code: string,
  ) {
    super(message);
  }
}

interface Waiting {
  readonly resolve: (answer: StatementAnswer) => void;
  readonly reject: (error: unknown) => void;
}

// Tests run the sources, whose types Node strips by itself.
const THREAD = new URL(
  import.meta.url.endsWith('.ts') ? './database-thread.ts' : './database-thread.js',
  import.meta.url,
);

/**
 * The embedded database on a thread of its own, in the shape of `better-sqlite3` as far as TypeORM
 * calls it: pass the class as `driver` to a data source. It keeps the process alive only while a
 * statement is under way.
 */
export class ThreadedDatabase {
  private readonly worker: Worker;
  private readonly waiting: Waiting[] = [];
  private failure: Error | undefined;

  constructor(file: string) {
    this.worker = new Worker(THREAD, { workerData: file, execArgv: [] });
    this.worker.unref();
    this.worker.on('message', (answer: StatementAnswer) => this.next()?.resolve(answer));
    this.worker.on('error', (error) => {
      this.fail(error instanceof Error ? error : new Error(String(error)));
    });
    this.worker.on('exit', () => {
      this.fail(new Error('the database is closed'));
    });
  }

  /** @throws {SqliteError} what SQLite says. */
  async query(sql: string, parameters: readonly unknown[]): Promise<StatementAnswer> {
    const answer = await this.ask({ sql, parameters });
    if ('error' in answer) {
      throw new SqliteError(answer.error.message, answer.error.code);
    }
    return answer;
  }

  /** TypeORM does not wait for all of these; the statements after them do, on the other side. */
  pragma(text: string): Promise<readonly unknown[]> {
    const rows = this.query(`PRAGMA ${text}`, []).then((answer) =>
      'rows' in answer ? answer.rows : [],
    );
    rows.catch(() => undefined);
    return rows;
  }

  close(): void {
    this.worker.postMessage('close');
  }

  private ask(statement: Statement): Promise<StatementAnswer> {
    if (this.failure) {
      return Promise.reject(this.failure);
    }
    return new Promise((resolve, reject) => {
      this.waiting.push({ resolve, reject });
      this.worker.ref();
      this.worker.postMessage(statement);
    });
  }

  private next(): Waiting | undefined {
    const first = this.waiting.shift();
    if (this.waiting.length === 0) {
      this.worker.unref();
    }
    return first;
  }

  private fail(error: Error): void {
    this.failure ??= error;
    for (const { reject } of this.waiting.splice(0)) {
      reject(this.failure);
    }
  }
}
