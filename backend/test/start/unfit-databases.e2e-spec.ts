import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  createTestDatabase,
  onTestServer,
  TEST_ENGINES,
  TEST_SERVERS,
  type TestDatabase,
} from '../../../db/test/test-databases.js';
import { startTcpProxy } from '../fakes/tcp-proxy.js';
import { startChildServer } from '../harness/child-server.js';
import { aPlace } from '../harness/place.js';
import { migrated, refusedUnchanged } from '../harness/unfit-database.js';

const only = (engine: string) => TEST_SERVERS.filter((one) => one === engine);

let database: TestDatabase;

afterEach(() => database.drop());

const nameOf = ({ url }: TestDatabase) => url.slice(url.lastIndexOf('/') + 1);
const withAccount = ({ url }: TestDatabase, username: string, password: string) =>
  Object.assign(new URL(url), { username, password }).href;

describe.each(TEST_ENGINES)('a database of another time: %s', (engine) => {
  it('should refuse what a newer Prosa has upgraded', async () => {
    database = await createTestDatabase(engine);
    await migrated(database);
    await database.query(
      "INSERT INTO migrations (timestamp, name) VALUES (9999999999999, 'Later9999999')",
    );
    const said = await refusedUnchanged(database);
    expect(said).toMatch(/upgraded by a newer Prosa: .*Later9999999/);
    expect(said).toMatch(/restore the backup/i);
  });
});

describe('a file that cannot be used', () => {
  beforeEach(async () => {
    database = await createTestDatabase('sqlite');
  });
  const file = () => database.url.slice('file:'.length);

  it('should refuse a file that is no database', async () => {
    await migrated(database);
    const other = await createTestDatabase('sqlite');
    writeFileSync(other.url.slice('file:'.length), 'Dear diary, '.repeat(1000));
    const said = await refusedUnchanged(database, { DATABASE_URL: other.url });
    expect(said).toMatch(/is damaged, or is no SQLite database/);
    await other.drop();
  });

  it('should refuse a file that can only be read', async () => {
    await migrated(database);
    while (existsSync(`${file()}-wal`)) await wait(10); // Closed by a thread: all is in the file now.
    // Rights do not stop root. Byte 18 of the header, the format to write, does: 3 is unknown.
    const handle = openSync(file(), 'r+');
    writeSync(handle, Uint8Array.of(3), 0, 1, 18);
    closeSync(handle);
    expect(await refusedUnchanged(database)).toMatch(/can only be read\. Prosa writes/);
  });
});

describe.each(TEST_SERVERS)('an address that is wrong: %s', (engine) => {
  beforeEach(async () => {
    database = await createTestDatabase(engine);
  });

  it('should tell a wrong password, and not repeat it', async () => {
    const said = await refusedUnchanged(database, {
      DATABASE_URL: withAccount(database, 'nobody', 'geheim'),
    });
    expect(said).toMatch(/refuses the user or the password of DATABASE_URL/);
  });

  it('should tell a database that is not there', async () => {
    const url = Object.assign(new URL(database.url), { pathname: '/not_there' });
    const said = await refusedUnchanged(database, { DATABASE_URL: url.href });
    expect(said).toMatch(/not_there at 127\.0\.0\.1:\d+ .* has no database of that name/);
  });

  it('should tell a user who may only read, before anybody signs in', async () => {
    await migrated(database);
    const user = `u${randomBytes(4).toString('hex')}`;
    if (engine === 'mariadb') {
      await database.query(`CREATE USER ${user}@'%' IDENTIFIED BY 'geheim'`);
      await database.query(`GRANT SELECT ON ${nameOf(database)}.* TO ${user}@'%'`);
    } else {
      await database.query(`CREATE ROLE ${user} LOGIN PASSWORD 'geheim'`);
      await database.query(`GRANT SELECT ON ALL TABLES IN SCHEMA public TO ${user}`);
    }
    const url = withAccount(database, user, 'geheim');
    const said = await refusedUnchanged(database, { DATABASE_URL: url });
    expect(said).toMatch(/lacks rights there\. .*grant the user all/);
    if (engine === 'mariadb') {
      await database.query(`DROP USER ${user}@'%'`);
    } else {
      await database.query(`DROP OWNED BY ${user}`);
      await database.query(`DROP ROLE ${user}`);
    }
  });

  it('should give up on a server that stays away, and say so while it waits', async () => {
    const said = await refusedUnchanged(database, {
      DATABASE_URL: withAccount(database, 'u', 'geheim').replace(/:\d+\//, ':1/'),
      DATABASE_WAIT_SECONDS: '2',
    });
    expect(said).toMatch(/^Waiting for the database .* at 127\.0\.0\.1:1 \(DATABASE_URL\), 2 s/m);
    expect(said).toMatch(/cannot be opened \(DATABASE_URL\): nothing answers there/);
  });

  it('should start as soon as a server that is late is there', async () => {
    const place = await aPlace(engine, { LLM_MODELS: 'quotes' });
    const url = new URL(String(place.settings['DATABASE_URL']));
    const proxy = await startTcpProxy(Number(url.port));
    await proxy.cut();
    url.port = String(proxy.port);
    const refusing = createServer((socket) => {
      socket.resetAndDestroy();
      refusing.close(() => void proxy.mend());
    }).listen(proxy.port, '127.0.0.1');
    const server = await startChildServer({ ...place.settings, DATABASE_URL: url.href });
    expect(server.printed).toMatch(/^Waiting for the database /);
    expect((await fetch(`${server.url}/health/ready`)).status).toBe(200);
    await server.end('SIGTERM');
    await proxy.close();
    await place.drop();
  });
});

describe.each(only('mariadb'))('states of %s', (engine) => {
  it('should refuse a database that cannot hold every character', async () => {
    database = await createTestDatabase(engine, 'CHARACTER SET latin1');
    expect(await refusedUnchanged(database)).toMatch(
      /has the character set latin1.*ALTER DATABASE .* CHARACTER SET utf8mb4/,
    );
  });

  it('should refuse a table that cannot hold every character', async () => {
    database = await createTestDatabase(engine);
    await migrated(database);
    await database.query('ALTER TABLE feedback CONVERT TO CHARACTER SET latin1');
    expect(await refusedUnchanged(database)).toMatch(
      /feedback \(latin1_\w+\).*CONVERT TO CHARACTER SET/,
    );
  });

  it('should refuse a database whose migration was killed on its way', async () => {
    database = await createTestDatabase(engine);
    const begun = await killedWhileMigrating(database);
    const said = await refusedUnchanged(database);
    expect(said).toContain(`half-migrated: ${begun} began and did not end`);
    expect(said).toMatch(/Restore the backup/);
  });

  it('should go on after a migration that failed before it changed anything', async () => {
    database = await createTestDatabase(engine);
    await migrated(database);
    await database.query("DELETE FROM migrations WHERE name LIKE 'CreateSearch%'");
    expect(await refusedUnchanged(database)).toMatch(/holds tables that this migration would make/);
    await database.query('DROP TABLE search_text');
    await migrated(database);
  });
});

/** Kills the server as soon as a migration has begun. @returns the migration's name. */
async function killedWhileMigrating(empty: TestDatabase): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'prosa-killed-'));
  const settings = { LLM_MODELS: 'quotes', DATABASE_URL: empty.url, DATA_DIR: folder };
  let kill = (): void => undefined;
  let ended: string | undefined;
  const end = startChildServer(settings, (way) => (kill = way)).catch((error: unknown) => {
    ended = String(error);
  });
  let begun: string | undefined;
  while (begun === undefined && ended === undefined) {
    const [note] = await empty.query<{ comment: string }>(
      `SELECT TABLE_COMMENT AS comment FROM information_schema.TABLES
       WHERE TABLE_SCHEMA = DATABASE() AND TABLE_COMMENT LIKE 'began: %'`,
    );
    begun = note?.comment.replace('began: ', '');
  }
  kill();
  await end;
  rmSync(folder, { recursive: true });
  expect({ begun, ended }).toEqual({
    begun: expect.stringMatching(/^Create/) as unknown,
    ended: expect.stringMatching(/ended with null/) as unknown,
  });
  return String(begun);
}

describe.each(only('postgres'))('states of %s', (engine) => {
  it('should refuse a database that cannot hold every character', async () => {
    const latin1 = "ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0";
    database = await createTestDatabase(engine, latin1);
    expect(await refusedUnchanged(database)).toMatch(/has the encoding LATIN1.*ENCODING 'UTF8'/);
  });

  it('should refuse a server that can only be read, a replica say', async () => {
    database = await createTestDatabase(engine);
    await migrated(database);
    const name = nameOf(database);
    await onTestServer(engine, `ALTER DATABASE ${name} SET default_transaction_read_only = on`);
    expect(await refusedUnchanged(database)).toMatch(/can only be read\. .*the primary server/);
  });
});
