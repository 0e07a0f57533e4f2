import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TEST_ENGINES } from '../../../db/test/test-databases.js';
import { dumpOf, fillWorkshop, onDatabase } from '../../../db/test/workshop-database.js';
import { startChildServer } from '../harness/child-server.js';
import { aPlace, type Place } from '../harness/place.js';

const ENGINES = TEST_ENGINES.filter((engine) => engine === 'mariadb');

const USERS =
  'CREATE TABLE users (id int PRIMARY KEY, username varchar(9), password varchar(9), created_at';

/** What somebody else's database holds, and the words that must come back. */
const FOREIGN: readonly (readonly [string, readonly string[], RegExp])[] = [
  [
    'people of another program',
    [
      'CREATE TABLE users (id int PRIMARY KEY, email varchar(99), role int)',
      'INSERT INTO users VALUES (1, "a@b", 2)',
    ],
    /its table "users" has no column "username"; .*"password"/,
  ],
  [
    'a column of another type',
    [`${USERS} int)`],
    /"created_at" of its table "users" is of type int/,
  ],
  [
    'a view',
    [`${USERS.replace('users', 'u')} date)`, 'CREATE VIEW users AS SELECT * FROM u'],
    /"users" is a view/,
  ],
  [
    'posts without people',
    ['CREATE TABLE posts (id int PRIMARY KEY)'],
    /it has a table "posts" that Prosa did not make/,
  ],
  [
    'migrations of another program',
    [
      'CREATE TABLE migrations (id int PRIMARY KEY, migration varchar(9), batch int)',
      `${USERS} date)`,
    ],
    /its table "migrations" is of another program/,
  ],
  [
    'tables in the way',
    [`${USERS} date)`, 'CREATE TABLE sessions (id int)', 'CREATE TABLE kept_posts (id int)'],
    /in the way that must be renamed first: sessions, kept_posts/,
  ],
  [
    'ids that stand twice or nowhere',
    [
      `${USERS} date)`.replace('PRIMARY KEY', ''),
      'INSERT INTO users (id) VALUES (1), (1), (NULL), (-4)',
    ],
    /3 rows of its table "users" have an id that is missing, stands twice/,
  ],
];

describe.each(ENGINES)('a database on %s that is not for Prosa', (engine) => {
  let place: Place;
  const database = () => ({ url: String(place.settings['DATABASE_URL']) });
  const wordsOf = (settings: Readonly<Record<string, string>>) =>
    startChildServer(settings).then(() => 'started', String);

  beforeAll(async () => {
    place = await aPlace(engine, { LLM_MODELS: 'quotes' });
  });
  afterAll(() => place.drop());

  it.each(FOREIGN)('should be refused and left as it is: %s', async (_, statements, words) => {
    const made = await onDatabase(database(), async (connection) => {
      const rows = await connection.query<{ name: string; type: string }[]>(
        `SELECT table_name AS name, table_type AS type FROM information_schema.tables
         WHERE table_schema = DATABASE()`,
      );
      for (const { name, type } of rows) {
        await connection.query(`DROP ${type === 'VIEW' ? 'VIEW' : 'TABLE'} ${name}`);
      }
      for (const statement of statements) {
        await connection.query(statement);
      }
      return dumpOf(database());
    });
    const said = await wordsOf(place.settings);
    expect(said).toMatch(words);
    expect(said).toMatch(/ended with 1:[^]*DATABASE_URL[^]*Nothing was changed/);
    expect(said).not.toMatch(/\n {4}at /);
    expect(await dumpOf(database())).toEqual(made);
  });

  it('should not be waited for while the old application uses it', async () => {
    const busy = await aPlace(engine, { LLM_MODELS: 'quotes' });
    const old = { url: String(busy.settings['DATABASE_URL']) };
    await fillWorkshop(old, { users: [[1, 'ana', '123', null]] });
    const before = await dumpOf(old);
    await onDatabase(old, async (connection) => {
      await connection.query('START TRANSACTION');
      await connection.query('SELECT * FROM users');
      expect(await wordsOf(busy.settings)).toMatch(
        /stop the old application first.*Nothing was changed/,
      );
      await connection.query('ROLLBACK');
    });
    expect(await dumpOf(old)).toEqual(before);
    await busy.drop();
  }, 60_000);
});
