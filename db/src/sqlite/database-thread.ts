// The thread that has the embedded database to itself: a commit waits for the disk, and meanwhile
// the server's own thread must go on relaying answers.
import { parentPort, workerData } from 'node:worker_threads';
import Database, { type Statement as Prepared } from 'better-sqlite3';
import type { Statement, StatementAnswer } from './statement-answer.js';

/** Statements kept compiled; the oldest goes first. */
const MOST_PREPARED = 200;

const database = new Database(String(workerData));
const prepared = new Map<string, Prepared>();

function prepare(sql: string): Prepared {
  const known = prepared.get(sql);
  if (known) return known;
  const statement = database.prepare(sql);
  prepared.set(sql, statement);
  const [oldest] = prepared.keys();
  if (prepared.size > MOST_PREPARED && oldest !== undefined) prepared.delete(oldest);
  return statement;
}

function answer({ sql, parameters }: Statement): StatementAnswer {
  try {
    const statement = prepare(sql);
    if (statement.reader) return { rows: statement.all(...parameters) };
    const { changes, lastInsertRowid } = statement.run(...parameters);
    return { affected: changes, lastId: Number(lastInsertRowid) };
  } catch (error) {
    const { message, code = '' } = error as Error & { code?: string };
    return { error: { message, code } };
  }
}

parentPort?.on('message', (statement: Statement | 'close') => {
  if (statement === 'close') {
    database.close();
    parentPort?.close();
  } else {
    parentPort?.postMessage(answer(statement));
  }
});
