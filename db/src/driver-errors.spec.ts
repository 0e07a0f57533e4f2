import { QueryFailedError, QueryRunnerAlreadyReleasedError } from 'typeorm';
import {
  isDatabaseAway,
  isDuplicate,
  isOrphan,
  isTransient,
  takesNoWriting,
} from './driver-errors.js';

const failed = (code: string, message = 'no') =>
  new QueryFailedError('SELECT 1', [], Object.assign(new Error(message), { code }));

const CLASSES = { isTransient, isDatabaseAway, isDuplicate, isOrphan, takesNoWriting };

describe('errors of the drivers', () => {
  it.each([
    ['ER_LOCK_DEADLOCK', 'isTransient'],
    ['40001', 'isTransient'],
    ['40P01', 'isTransient'],
    ['55P03', 'isTransient'],
    ['ER_LOCK_WAIT_TIMEOUT', 'isTransient'],
    ['SQLITE_BUSY', 'isTransient'],
    ['ECONNREFUSED', 'isDatabaseAway'],
    ['EAI_AGAIN', 'isDatabaseAway'],
    ['ER_SOCKET_UNEXPECTED_CLOSE', 'isDatabaseAway'],
    ['ER_CON_COUNT_ERROR', 'isDatabaseAway'],
    ['08006', 'isDatabaseAway'],
    ['53300', 'isDatabaseAway'],
    ['57P01', 'isDatabaseAway'],
    ['57P03', 'isDatabaseAway'],
    ['ER_DUP_ENTRY', 'isDuplicate'],
    ['23505', 'isDuplicate'],
    ['SQLITE_CONSTRAINT_UNIQUE', 'isDuplicate'],
    ['ER_NO_REFERENCED_ROW_2', 'isOrphan'],
    ['23503', 'isOrphan'],
    ['SQLITE_CONSTRAINT_FOREIGNKEY', 'isOrphan'],
    ['SQLITE_FULL', 'takesNoWriting'],
    ['53100', 'takesNoWriting'],
    ['ER_RECORD_FILE_FULL', 'takesNoWriting'],
    ['25006', 'takesNoWriting'],
    ['ER_OPTION_PREVENTS_STATEMENT', 'takesNoWriting'],
    ['42P01', undefined],
    ['23502', undefined],
    ['57014', undefined],
    ['', undefined],
  ])('should take %s for %s, and nothing else', (code, expected) => {
    const found = Object.entries(CLASSES).filter(([, holds]) => holds(failed(code)));
    expect(found.map(([name]) => name)).toEqual(expected === undefined ? [] : [expected]);
  });

  it.each([
    'Connection terminated unexpectedly',
    'Connection terminated due to connection timeout',
    'timeout expired',
    'timeout exceeded when trying to connect',
    'Client has encountered a connection error and is not queryable',
  ])('should take «%s», which has no code, for a database that is away', (message) => {
    expect(isDatabaseAway(new Error(message))).toBe(true);
    expect(isDatabaseAway(failed('', message))).toBe(true);
    expect(isDatabaseAway(failed('22P02', message))).toBe(false);
  });

  it('should take a connection that TypeORM took away for a database that is away', () => {
    expect(isDatabaseAway(new QueryRunnerAlreadyReleasedError())).toBe(true);
    expect(isDatabaseAway(undefined)).toBe(false);
  });
});
