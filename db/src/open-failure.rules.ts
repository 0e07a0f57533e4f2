import type { DatabaseTarget } from './database-target.js';

/** The database cannot be used as it is. The message names the setting and says what to do. */
export class DatabaseUnfitError extends Error {
  override readonly name = 'DatabaseUnfitError';
}

interface Advice {
  /** Codes of the drivers. */
  readonly codes?: RegExp;
  /** Words of errors that have no code, or one that means several things. */
  readonly words?: RegExp;
  readonly advice: string;
}

const CERTIFICATE_CODES =
  /^(CERT_.*|.*SELF_SIGNED.*|UNABLE_TO_.*|ERR_TLS_CERT_ALTNAME_INVALID|ER_TLS_IDENTITY_ERROR|HOSTNAME_MISMATCH)$/;

/** What an operator can do about it; the first that fits. */
const ADVICE: readonly Advice[] = [
  {
    codes: CERTIFICATE_CODES,
    words: /certificate/i,
    advice:
      "its certificate was not accepted. Name the certificates of whoever issued it in DATABASE_URL (?sslmode=verify-full&sslrootcert=/path/ca.pem), and use the host's name that stands in it",
  },
  {
    codes: /^ER_SERVER_SSL_DISABLED$/,
    words: /does not support SSL/,
    advice:
      'DATABASE_URL asks for encryption (sslmode), which the server does not offer. Turn TLS on there, or leave sslmode out for a server on a network of your own',
  },
  {
    words: /no encryption|insecure transport/i,
    advice:
      'it wants an encrypted connection: add ?sslmode=verify-full&sslrootcert=/path/ca.pem to DATABASE_URL',
  },
  {
    codes: /^(ER_ACCESS_DENIED(_NO_PASSWORD)?_ERROR|28P01|28000)$/,
    words: /^SASL: .*password/,
    advice:
      'it refuses the user or the password of DATABASE_URL. Write %40 for @, %2F for / and %25 for % in them',
  },
  {
    codes: /^(ER_BAD_DB_ERROR|3D000)$/,
    advice: 'it has no database of that name. Make it, or correct the end of DATABASE_URL',
  },
  {
    codes: /^(SQLITE_READONLY.*|25006|ER_OPTION_PREVENTS_STATEMENT|ER_READ_ONLY_MODE|EROFS)$/,
    advice:
      'it can only be read. Prosa writes: name in DATABASE_URL a database, a file or the primary server that can be written to',
  },
  {
    codes: /^(42501|ER_(DB|TABLE|COLUMN|SPECIFIC_)ACCESS_DENIED_ERROR|ER_DBACCESS_DENIED_ERROR)$/,
    advice:
      'the user of DATABASE_URL lacks rights there. Prosa makes tables, reads and writes: grant the user all privileges on this database',
  },
  {
    codes: /^(SQLITE_FULL|53100|ER_DISK_FULL|ER_RECORD_FILE_FULL|ER_ERROR_ON_WRITE|ENOSPC)$/,
    words: /No space left on device|Errcode: 28\b|errno: 28\b/,
    advice:
      'its disk is full. Make room where DATABASE_URL or DATA_DIR points to, then start again',
  },
  {
    codes: /^SQLITE_IOERR/,
    words: /disk I\/O error/,
    advice:
      'its disk fails or is full. Look at the disk that DATABASE_URL or DATA_DIR points to, then start again',
  },
  {
    codes: /^(SQLITE_CANTOPEN.*|EACCES|EPERM)$/,
    advice:
      'Prosa may not open it: give the user who runs Prosa the right to read and write the file and its folder (DATABASE_URL, DATA_DIR)',
  },
  {
    codes: /^(SQLITE_NOTADB|SQLITE_CORRUPT.*)$/,
    advice:
      'the file is damaged, or is no SQLite database. Restore a backup, or name another file in DATABASE_URL',
  },
  {
    codes: /^(ER_TABLE_EXISTS_ERROR|42P07|42710)$/,
    words: /^table .* already exists$/,
    advice:
      'it holds tables that this migration would make: of another program, or of a migration that was cut short. Give Prosa a database of its own in DATABASE_URL, or restore the backup',
  },
  {
    codes: /^(ENOTFOUND|EAI_AGAIN)$/,
    advice: 'the host of DATABASE_URL is not known here: check its name and the network',
  },
];

const UNREACHABLE =
  'nothing answers there as a database should: check the host and the port of DATABASE_URL, that the server runs and that no firewall stands between';

/**
 * What went wrong, in words that name the setting and never the password.
 * @param away whether the database could not be reached at all.
 */
export function openFailure(
  cause: { readonly code: string; readonly message: string },
  target: DatabaseTarget,
  away: boolean,
): DatabaseUnfitError {
  const known = ADVICE.find(
    ({ codes, words }) => codes?.test(cause.code) === true || words?.test(cause.message) === true,
  );
  const advice = known?.advice ?? (away ? UNREACHABLE : undefined);
  const said = advice === undefined ? cause.message : `${advice}.\nIt says: ${cause.message}`;
  return new DatabaseUnfitError(
    `The database ${placeOf(target)} cannot be opened (DATABASE_URL): ${said}`,
  );
}

/** Where the database is, as people would say it, without user and password. */
export function placeOf(target: DatabaseTarget): string {
  return target.engine === 'sqlite'
    ? target.file
    : `${target.database} at ${target.host}:${String(target.port)}`;
}
