import { databaseTarget } from './database-target.js';
import { openFailure } from './open-failure.rules.js';

const target = databaseTarget('postgres://ana:geheim@db.example.com/prosa', '/tmp');
const words = (code: string, message = 'as the server says it', away = false) =>
  openFailure({ code, message }, target, away).message;

describe(openFailure.name, () => {
  it.each([
    ['53100', /disk is full\. Make room/],
    ['SQLITE_FULL', /disk is full/],
    ['ER_DISK_FULL', /disk is full/],
    ['ER_RECORD_FILE_FULL', /disk is full/],
    ['25006', /can only be read/],
    ['ER_OPTION_PREVENTS_STATEMENT', /can only be read/],
    ['SQLITE_READONLY_DIRECTORY', /can only be read/],
    ['SQLITE_IOERR_SHMSIZE', /disk fails or is full/],
    ['SQLITE_CANTOPEN', /may not open it/],
    ['42501', /lacks rights/],
    ['ER_DBACCESS_DENIED_ERROR', /lacks rights/],
    ['28P01', /refuses the user or the password/],
    ['3D000', /no database of that name/],
    ['42P07', /tables that this migration would make/],
    ['CERT_HAS_EXPIRED', /certificate was not accepted/],
    ['ENOTFOUND', /host of DATABASE_URL is not known/],
  ])('should say what to do about %s', (code, advice) => {
    const said = words(code);
    expect(said).toMatch(/^The database prosa at db\.example\.com:5432 cannot be opened/);
    expect(said).toContain('(DATABASE_URL)');
    expect(said).toMatch(advice);
    expect(said).toMatch(/\nIt says: as the server says it$/);
    expect(said).not.toContain('geheim');
  });

  it('should tell a server that insists on TLS from one that refuses the user', () => {
    const insists = 'no pg_hba.conf entry for host "10.0.0.1", user "ana", no encryption';
    expect(words('28000', insists)).toMatch(/add \?sslmode=verify-full/);
    expect(words('28000', 'role "ana" is not permitted to log in')).toMatch(/refuses the user/);
  });

  it("should give the driver's own words where it knows no better", () => {
    expect(words('XX000', 'something else')).toMatch(/\(DATABASE_URL\): something else$/);
    expect(words('', 'nobody is there', true)).toMatch(/nothing answers there/);
  });
});
