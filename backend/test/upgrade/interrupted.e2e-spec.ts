import { setTimeout as wait } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { verify } from '@node-rs/argon2';
import { TEST_ENGINES } from '../../../db/test/test-databases.js';
import {
  dumpOf,
  fillWorkshop,
  onDatabase,
  type WorkshopRows,
} from '../../../db/test/workshop-database.js';
import { startStatementProxy, type StatementPoint } from '../fakes/statement-proxy.js';
import { startChildServer } from '../harness/child-server.js';
import { aPlace, type Place } from '../harness/place.js';

const ENGINES = TEST_ENGINES.filter((engine) => engine === 'mariadb');

/** A workshop's size by its people, and what is told of the one of them who is renamed last. */
interface Crowd {
  readonly people: number;
  readonly renamed: RegExp;
}

/** Hashing takes most of an upgrade's time. */
const FEW: Crowd = { people: 6, renamed: /"Maria José" -> maria\.jose-2 \(id 6\)/ };

/** One more than are hashed between two commits. */
const MANY: Crowd = { people: 65, renamed: /"Maria José" -> maria\.jose-13 \(id 61\)/ };

/** A conversation that has its own transaction. */
const LONG_CONVERSATION = 2100;

const passwordOf = (id: number) => `chave ${String(id)}`;

const rowsOf = ({ people }: Crowd): WorkshopRows => ({
  users: Array.from({ length: people }, (_, at) => [
    at + 1,
    at % 5 === 0 ? 'Maria José' : `pessoa${String(at)}`,
    passwordOf(at + 1),
    '2023-05-01 12:00:00',
  ]),
  conversation: [
    [1, 'online', 1, '2023-06-01 10:00:00'],
    [2, 'deleted', 2, null],
    [3, 'online', null, '2023-06-01 10:00:00'],
    [4, 'online', people, '2023-06-01 10:00:00'],
  ],
  posts: [
    ...Array.from({ length: LONG_CONVERSATION }, (_, at) => [
      at + 1,
      `Pergunta ${String(at)} sobre açúcar`,
      at % 10 === 0 ? null : `Resposta ${String(at)}`,
      1,
      '2023-06-01 10:00:00',
    ]),
    [5001, 'Na lixeira', 'Sim', 2, null],
    [5002, 'De ninguém', 'Sim', 3, null],
    [5003, 'A última', 'Sim', 4, '2023-06-09 10:00:00'],
    [5004, 'Solta', 'Sim', null, null],
  ],
});

const at = (statement: RegExp, passes: boolean, nth = 1): StatementPoint => ({
  statement,
  nth,
  passes,
});

const POINTS: readonly (readonly [string, readonly StatementPoint[], Crowd?])[] = [
  ['before the tables are set aside', [at(/RENAME TABLE/, false)]],
  ['just after they were', [at(/RENAME TABLE/, true)]],
  ['while they are made ready', [at(/DROP FOREIGN KEY/, true)]],
  ['between two tables of a migration', [at(/CREATE TABLE `post_parts`/, true)]],
  ['before the last table', [at(/CREATE TABLE search_text/, false)]],
  [
    'between two tables, and again while they are removed',
    [at(/CREATE TABLE `posts`/, true), at(/DROP TABLE `(conversation|users|sessions)`/, true)],
  ],
  ['while the first passwords are hashed', [at(/INSERT INTO `users`/, false)]],
  ['between two batches of passwords', [at(/INSERT INTO `users`/, true)], MANY],
  ['while posts are chained', [at(/INSERT INTO posts\b/, true, 3)]],
  ['at the end of a conversation', [at(/UPDATE conversation c/, true)]],
  ['between two conversations', [at(/INSERT INTO posts\b/, false, 10)]],
  ['while the rest is kept', [at(/CREATE OR REPLACE TABLE kept_conversation/, true)]],
  ['while the old tables are removed', [at(/DROP TABLE IF EXISTS workshop_conversation/, true)]],
  ['before the passwords are removed', [at(/DROP TABLE IF EXISTS workshop_users/, false)]],
];

describe.each(ENGINES)('an interrupted upgrade on %s', (engine) => {
  const whole = new Map<Crowd, unknown>();
  const address = (place: Place) => ({ url: String(place.settings['DATABASE_URL']) });

  async function aWorkshop(crowd: Crowd): Promise<Place> {
    const place = await aPlace(engine, { LLM_MODELS: 'quotes' });
    await fillWorkshop(address(place), rowsOf(crowd));
    return place;
  }

  /** Starts a server that is killed at the point. @returns what it printed. */
  async function killedAt(place: Place, point: StatementPoint): Promise<string> {
    const url = new URL(address(place).url);
    let kill: () => void = () => undefined;
    const proxy = await startStatementProxy(Number(url.port), point, () => {
      kill();
    });
    url.port = String(proxy.port);
    const said = await startChildServer({ ...place.settings, DATABASE_URL: url.href }, (killIt) => {
      kill = killIt;
    }).then(() => 'listened', String);
    expect({ said, reached: proxy.reached() }).toMatchObject({ reached: true });
    await connectionsGone(place);
    await proxy.close();
    return said;
  }

  /** What was sent is carried out to its end first. */
  async function connectionsGone(place: Place): Promise<void> {
    const name = new URL(address(place).url).pathname.slice(1);
    await onDatabase(address(place), async (connection) => {
      for (;;) {
        const [row] = await connection.query<{ n: number }[]>(
          'SELECT COUNT(*) AS n FROM information_schema.processlist WHERE db = ?',
          [name],
        );
        if (row?.n === 1) return;
        await wait(20);
      }
    });
  }

  /** All tables, but for what no two upgrades have in common. */
  async function stateOf(place: Place, crowd: Crowd): Promise<unknown> {
    const {
      processes: _,
      // The server's own rails, put in force when it starts: of no upgrade.
      guardrail_policies: __,
      guardrail_publications: ___,
      ...tables
    } = await dumpOf(address(place));
    const people = tables['users']?.rows ?? [];
    for (const id of [1, crowd.people - 1, crowd.people]) {
      const person = people.find((row) => row['id'] === id);
      expect(await verify(String(person?.['password']), passwordOf(id))).toBe(true);
    }
    people.forEach((person) => (person['password'] = String(person['password']).slice(0, 30)));
    tables['conversation']?.rows.forEach((row) => (row['deleted_at'] = row['deleted_at'] !== null));
    return tables;
  }

  async function finish(place: Place): Promise<string> {
    const server = await startChildServer(place.settings);
    await server.end('SIGTERM');
    return server.printed;
  }

  beforeAll(async () => {
    for (const crowd of [FEW, MANY]) {
      const place = await aWorkshop(crowd);
      await finish(place);
      whole.set(crowd, await stateOf(place, crowd));
      await place.drop();
    }
  }, 120_000);

  it.each(POINTS)(
    'should end as if it had not been killed %s',
    async (_, points, crowd = FEW) => {
      const place = await aWorkshop(crowd);
      for (const point of points) {
        expect(await killedAt(place, point)).toMatch(/the server ended with null/);
      }
      const said = await finish(place);
      expect(await stateOf(place, crowd)).toEqual(whole.get(crowd));
      // Only the one who finishes knows that the list was read.
      expect(said).toMatch(crowd.renamed);
      await place.drop();
    },
    60_000,
  );

  it('should be done by one of two that start at once', async () => {
    const place = await aWorkshop(FEW);
    const [one, other] = await Promise.all([
      startChildServer(place.settings),
      startChildServer(place.settings),
    ]);
    const said = one.printed + other.printed;
    expect(said.match(/It becomes a database of Prosa/g)).toHaveLength(1);
    expect(said.match(/The upgrade is complete/g)).toHaveLength(1);
    await Promise.all([one.end('SIGTERM'), other.end('SIGTERM')]);
    expect(await stateOf(place, FEW)).toEqual(whole.get(FEW));
    await place.drop();
  }, 60_000);
});
