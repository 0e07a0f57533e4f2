import { QueryRunnerAlreadyReleasedError } from 'typeorm';

/** Errors after which the engine has undone the transaction and asks for another try. */
const TRANSIENT = new Set([
  'ER_LOCK_DEADLOCK',
  'ER_LOCK_WAIT_TIMEOUT',
  '40001', // PostgreSQL: serialization_failure
  '40P01', // PostgreSQL: deadlock_detected
  '55P03', // PostgreSQL: lock_not_available
  'SQLITE_BUSY', // Another program has the file locked, a backup say.
]);

/** Errors that mean the database is not there, as opposed to refusing what it is told. */
const AWAY = [
  /^(ECONN(REFUSED|RESET|ABORTED)|ETIMEDOUT|EPIPE|ENOTFOUND|EAI_AGAIN|E(HOST|NET)(UNREACH|DOWN))$/,
  /^(PROTOCOL_CONNECTION_LOST|ER_(GET_CONNECTION_TIMEOUT|CONNECTION_TIMEOUT|SOCKET_.*))$/,
  /^ER_(CMD_CONNECTION_CLOSED|POOL_.*|SERVER_SHUTDOWN|CON_COUNT_ERROR|CONNECTION_KILLED)$/,
  // PostgreSQL: a connection that broke, too many of them, a server that stops, crashed or starts.
  /^(08\d\d[\dA-Z]|53300|57P0[1235])$/,
];

/** Nothing can be written for now: the disk is full, or, after a failover, this is the replica. */
const NO_WRITING =
  /^(SQLITE_(FULL|READONLY.*)|53100|ER_DISK_FULL|ER_RECORD_FILE_FULL|25006|ER_OPTION_PREVENTS_STATEMENT)$/;

/** What `pg` says, without a code, when its connection broke or none could be made in time. */
const AWAY_WORDS =
  /^(Connection terminated|timeout expired|timeout exceeded when trying|Client (was closed|has encountered a connection error))/;

/** Errors that say a unique constraint refused a row. */
const DUPLICATE = new Set([
  'ER_DUP_ENTRY',
  '23505',
  'SQLITE_CONSTRAINT_UNIQUE',
  'SQLITE_CONSTRAINT_PRIMARYKEY',
]);

/** Errors that say a foreign key refused a row: what it belongs to is not there. */
const ORPHAN = new Set(['ER_NO_REFERENCED_ROW_2', '23503', 'SQLITE_CONSTRAINT_FOREIGNKEY']);

/** Whether the engine has undone the transaction for another one's sake: it may be tried again. */
export function isTransient(error: unknown): boolean {
  return TRANSIENT.has(driverCode(error));
}

/** Whether the error is a unique constraint's refusal, on any engine. */
export function isDuplicate(error: unknown): boolean {
  return DUPLICATE.has(driverCode(error));
}

/** Whether a row was refused because what it belongs to is gone, on any engine. */
export function isOrphan(error: unknown): boolean {
  return ORPHAN.has(driverCode(error));
}

/** Whether the database could not be reached. */
export function isDatabaseAway(error: unknown): boolean {
  // TypeORM takes the connection from a PostgreSQL transaction the moment it breaks; the next
  // statement then finds none.
  if (error instanceof QueryRunnerAlreadyReleasedError) {
    return true;
  }
  const code = driverCode(error);
  return code === ''
    ? AWAY_WORDS.test(driverError(error).message ?? '')
    : AWAY.some((codes) => codes.test(code));
}

/** Whether the database takes nothing that is written, whatever it is: for now, one may hope. */
export function takesNoWriting(error: unknown): boolean {
  return NO_WRITING.test(driverCode(error));
}

/** The driver's own code of a failed statement; empty for any other error. */
export function driverCode(error: unknown): string {
  const { code } = driverError(error);
  return typeof code === 'string' ? code : '';
}

function driverError(error: unknown): { readonly code?: unknown; readonly message?: string } {
  const wrapped = (error as { driverError?: unknown } | null)?.driverError;
  return wrapped ?? error ?? {};
}
