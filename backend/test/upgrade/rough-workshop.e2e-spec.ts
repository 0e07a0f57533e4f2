import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TEST_ENGINES } from '../../../db/test/test-databases.js';
import { dumpOf, fillWorkshop, onDatabase } from '../../../db/test/workshop-database.js';
import { ApiClient } from '../harness/api-client.js';
import { aConversation, asked, branchOf, conversationsOf } from '../harness/asking.js';
import { type ChildServer, startChildServer } from '../harness/child-server.js';
import { aPlace, type Place } from '../harness/place.js';

const ENGINES = TEST_ENGINES.filter((engine) => engine === 'mariadb');

/** Longer than a question may be now, in characters. */
const LONG = 'é'.repeat(250_000);

describe.each(ENGINES)('a workshop of other types, keys and columns on %s', (engine) => {
  let place: Place;
  let server: ChildServer;
  let zoe: ApiClient;
  const database = () => ({ url: String(place.settings['DATABASE_URL']) });

  beforeAll(async () => {
    place = await aPlace(engine, { LLM_MODELS: 'quotes', DATABASE_POOL_SIZE: '2' });
    await fillWorkshop(
      database(),
      {
        users: [
          [7, 'zoé', 'naïve', '2022-01-02 03:04:05'],
          [9, 'bruno', 'x', null],
        ],
        conversation: [
          [3, ' DELETED ', 7, '2022-02-01'],
          [4, 'arquivada', 7, null],
          [5, 'online', 99, '2022-02-02'],
        ],
        posts: [
          [1, 'Olá', LONG, 4, '2022-02-03 00:00:00'],
          [2, 'Órfã', 'de 5', 5, null],
          [3, '   ', '\n', 4, null],
        ],
      },
      'rough',
    );
    await onDatabase(database(), async (connection) => {
      for (const statement of [
        "UPDATE users SET `e-mail` = 'zoe@example.com' WHERE id = 7",
        'ALTER TABLE conversation ENGINE=InnoDB',
        'CREATE TABLE nota (id int PRIMARY KEY, c SMALLINT UNSIGNED, FOREIGN KEY fk_nota (c) REFERENCES conversation (id))',
        'INSERT INTO nota VALUES (1, 3)',
        'CREATE TRIGGER contar BEFORE INSERT ON posts FOR EACH ROW SET NEW.id = NEW.id',
        'CREATE VIEW nomes AS SELECT username FROM users',
      ]) {
        await connection.query(statement);
      }
    });
    server = await startChildServer(place.settings);
    zoe = new ApiClient(server.url);
    await zoe.signIn('zoe', 'naïve');
  }, 60_000);
  afterAll(async () => {
    await server.end('SIGKILL');
    await place.drop();
  });

  it('should make the tables that a new database has', async () => {
    const fresh = await aPlace(engine, { LLM_MODELS: 'quotes' });
    const other = await startChildServer(fresh.settings);
    await other.end('SIGTERM');
    const definitions = async (of: Place) => {
      const dump = await dumpOf({ url: String(of.settings['DATABASE_URL']) });
      return Object.entries(dump)
        .filter(([name]) => !/^(kept_|nota$|nomes$)/.test(name))
        .map(([, { definition }]) => definition);
    };
    expect(await definitions(place)).toEqual(await definitions(fresh));
    await fresh.drop();
  });

  it('should read old times and texts in whatever type they are', async () => {
    const [open] = await conversationsOf(zoe);
    expect(open).toMatchObject({
      id: 4,
      title: 'Olá',
      createdAt: '2022-02-03T00:00:00.000Z',
      updatedAt: '2022-02-03T00:00:00.000Z',
    });
    const [blank, long] = await branchOf(zoe, 4);
    expect(long).toMatchObject({ id: 1, body: LONG, status: 'done' });
    expect(blank).toMatchObject({ id: 3, parentId: 1, status: 'interrupted' });
    expect(await conversationsOf(zoe, 'status=deleted')).toMatchObject([
      { id: 3, title: null, createdAt: '2022-02-01T00:00:00.000Z' },
    ]);
  });

  it('should take every character from now on', async () => {
    const post = await asked(zoe, await aConversation(zoe), 'Um 🦜 e 日本語');
    expect(post.prompt).toBe('Um 🦜 e 日本語');
  });

  it('should keep the columns that it does not know, and no text that its owner can delete', async () => {
    const tables = await dumpOf(database());
    expect(tables['kept_users']?.rows).toMatchObject([
      { id: 7, 'e-mail': 'zoe@example.com', reason: 'signs in as zoe' },
      { id: 9, 'e-mail': null, reason: 'columns that Prosa does not know' },
    ]);
    expect(tables['kept_users']?.definition).not.toMatch(/password/);
    expect(tables['kept_conversation']?.rows).toMatchObject([
      { id: 4, status: 'arquivada', reason: 'its status became online' },
      { id: 5, user_id: 99, reason: 'belongs to nobody' },
    ]);
    expect(tables['kept_posts']?.rows).toMatchObject([
      { id: 1, prompt: null, body: null, model: 'flan' },
      { id: 2, prompt: 'Órfã', body: 'de 5', model: 'flan' },
      { id: 3, prompt: null, body: null, model: 'flan' },
    ]);
    expect(server.printed).toContain(
      '3 rows of posts are kept in kept_posts, each with the reason, with the columns model.',
    );
  });

  it("should leave other programs' tables alone, but for a key that pointed to the old ones", async () => {
    expect(server.printed).toContain('The foreign key nota.fk_nota was removed');
    expect(server.printed).toContain('The trigger contar ends with its table.');
    const { nota } = await dumpOf(database());
    expect(nota?.rows).toEqual([{ id: 1, c: 3 }]);
  });
});
