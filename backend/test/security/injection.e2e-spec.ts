import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Conversation, User } from '#db';
import { TEST_ENGINES } from '../../../db/test/test-databases.js';
import { apiDocument } from '../../src/platform/api-docs.js';
import {
  ADMINISTRATORS_ONLY,
  everyId,
  type Ids,
  type Operation,
  operationsOf,
  pathOf,
} from './api-operations.js';
import { aConversation, aPost, aScene, type Scene } from './given.js';
import { errorOf, jsonOf, send } from './wire.js';

/** The statements sleep for 5 s: slower than this and one was executed, not compared. */
const QUICK_MS = 4000;

const SQL = [
  "' OR 1=1--",
  "' OR '1'='1",
  '" OR ""="',
  '1; DROP TABLE posts; --',
  "'; DELETE FROM conversation WHERE 1=1; #",
  '(select sleep(5))',
  "' AND SLEEP(5) AND '1'='1",
  "1' UNION SELECT username, password FROM users--",
  "' UNION SELECT 1,2,3,4,5,6,7,8,9,10,11,12 FROM users WHERE '1'='1",
  "\\' OR 1=1 -- ",
  '1 AND (SELECT COUNT(*) FROM information_schema.tables, information_schema.columns) > 0',
  "' || (SELECT randomblob(1000000000)) || '",
  '/**/OR/**/1/**/=/**/1',
  '${7*7}{{7*7}}<%= 7*7 %>',
  '%27%20OR%201=1--',
  '\u00bf\u0027 OR 1=1 /*',
  '%_\\',
  '\\',
  '\u0000',
  '\ud83d\ude00',
  ':match',
  ':userId',
  '?',
  '$1',
];

/** What FTS5 and FULLTEXT would take for operators. */
const OPERATORS = [
  '+-><()~*"@',
  'NEAR(',
  'NEAR(alfa beta, 5)',
  '"',
  '""',
  '"""',
  '(((((',
  '@@@',
  '*',
  '**',
  '+',
  '-',
  '++alfa',
  '+-alfa',
  '-',
  'AND',
  'OR',
  'NOT',
  'AND AND',
  'alfa AND',
  '{words}:',
  'words:alfa',
  '^alfa',
  '@4 "alfa beta"',
  '>alfa <beta',
  'u1xalfa',
  "u1xalfa' u2xbeta",
  '"u1xalfa" OR "u2xbeta"',
  '*u1xalfa',
  '\\"alfa\\"',
  `${'a '.repeat(249)}`,
  'a'.repeat(500),
  '('.repeat(500),
  '*'.repeat(500),
];

/** What is typed, and the titles it must find: an operator is a sign like any other. */
const LITERAL: readonly (readonly [string, readonly string[]])[] = [
  ['alfa', ['alfa', 'alfa beta']],
  ['+alfa', ['alfa', 'alfa beta']],
  ['-alfa', ['alfa', 'alfa beta']],
  ['~alfa', ['alfa', 'alfa beta']],
  ['"alfa"', ['alfa', 'alfa beta']],
  ['alfa*', ['alfa', 'alfa beta']],
  ['(alfa)', ['alfa', 'alfa beta']],
  ['@alfa', ['alfa', 'alfa beta']],
  ['^alfa', ['alfa', 'alfa beta']],
  ['>alfa', ['alfa', 'alfa beta']],
  ['alfa -beta', ['alfa beta']],
  ['+alfa +beta', ['alfa beta']],
  ['"beta alfa"', ['alfa beta']],
  ['alfa OR beta', []],
  ['alfa NOT beta', []],
  ['alfa AND beta', []],
  ['NEAR(alfa beta)', []],
  ['words:alfa', []],
  ["alfa' OR '1'='1", []],
  ['alfa%', ['alfa', 'alfa beta']],
  ['al%a', []],
  ['_lfa', []],
  ['%', []],
  ['_', []],
  ['100%', ['100% certo']],
];

const forged = (text: string) => Buffer.from(text, 'latin1').toString('base64url');

const CURSORS = [
  'abc',
  '!!!!',
  forged("u.1' OR 1=1.1"),
  forged('u.1.1; DROP TABLE posts'),
  forged('u..'),
  forged('u.-1.1'),
  forged('u.1e3.1'),
  forged('zzzzzzzz.1.1'),
  forged('u.999999999999999.9999999999'),
  forged('p.999999999999999.1'),
  forged('d.253402300800000.1'),
  forged('s.253402300800000.1'),
  forged('u.0.0'),
  forged('b.0.9999999999'),
  forged('.0.2147483648'),
  'A'.repeat(200),
  'A'.repeat(201),
];

describe.each(TEST_ENGINES)('injection on %s', (engine) => {
  let scene: Scene;
  let operations: Operation[];
  let ids: Ids;

  const get = async (path: string, token = scene.ana.token) => {
    const began = performance.now();
    const answer = await send(scene.app, { path, token });
    return { ...answer, ms: performance.now() - began };
  };

  const titles = async (q: string) => {
    const answer = await get(`/api/conversations?q=${encodeURIComponent(q)}`);
    return jsonOf<{ items: { title: string }[] }>(answer)
      .items.map(({ title }) => title)
      .sort();
  };

  /** Each parameter of each query of the API with a value. */
  const throughEveryQuery = async (value: string) => {
    for (const operation of operations) {
      for (const { name } of operation.query) {
        const token = ADMINISTRATORS_ONLY.test(operation.path)
          ? scene.admin.token
          : scene.ana.token;
        const path = `${pathOf(operation, ids)}?${name}=${encodeURIComponent(value)}`;
        const { status, text, ms } = await get(path, token);
        // A busy machine is slow once; a statement that sleeps is slow each time.
        const quick = ms < QUICK_MS || (await get(path, token)).ms < QUICK_MS;
        expect({ path, status, text, ok: [200, 400, 404].includes(status) }).toMatchObject({
          ok: true,
        });
        expect({ path, quick }).toEqual({ path, quick: true });
        expect(text).not.toMatch(/canario|argon2|username":"bruno/);
      }
    }
  };

  beforeAll(async () => {
    scene = await aScene(engine);
    operations = operationsOf(apiDocument(scene.app.app));
    const { app, ana, bruno, admin } = scene;
    for (const title of ['alfa', 'alfa beta', '100% certo', 'gama']) {
      await aConversation(app, ana, { title });
    }
    const conversation = await aConversation(app, ana, { title: 'delta' });
    const post = await aPost(app, ana, conversation, 'epsilon');
    ids = { ...everyId(1), conversation, post: post.id, user: ana.user.id };
    await aPost(app, bruno, await aConversation(app, bruno), 'canario alfa beta gama');
    await get('/api/conversations'); // The first of each kind compiles and connects.
    await get('/api/conversations?q=a');
    await get('/api/posts?q=a');
    await get('/api/users', admin.token);
  });

  afterAll(() => scene.close());

  it('should make search entries for titles that people chose', async () => {
    expect(await titles('gama')).toEqual(['gama']);
  });

  it.each(SQL)('should never execute %j', async (value) => {
    await throughEveryQuery(value);
  });

  it.each(OPERATORS)('should never take %j for an expression', async (value) => {
    await throughEveryQuery(value);
  });

  it.each(LITERAL)('should find for %j the titles %j', async (q, found) => {
    expect(await titles(q)).toEqual(found);
  });

  it.each(CURSORS)('should survive the cursor %s', async (cursor) => {
    await throughEveryQuery(cursor);
  });

  it.each([
    'q[]=a',
    'q=a&q=b',
    'q[$ne]=a',
    'limit[]=1',
    'cursor[a]=b',
    'sort=(select%20sleep(5))',
    'sort[]=id',
  ])('should refuse ?%s', async (query) => {
    for (const path of ['/api/conversations', '/api/posts']) {
      const answer = await get(`${path}?${query}`);
      expect(errorOf(answer).code).toBe('REQUEST.INVALID');
    }
  });

  it.each([
    '0',
    '-1',
    '101',
    '1.5',
    '1e2',
    'abc',
    '',
    ' ',
    '9'.repeat(40),
    'NaN',
    'Infinity',
    '0x10',
  ])('should list 1 to 100 items, not %j', async (limit) => {
    for (const path of ['/api/conversations', '/api/posts']) {
      const { status, text } = await get(`${path}?limit=${encodeURIComponent(limit)}`);
      expect({ status, text }).toMatchObject({ status: /^(1e2|0x10)$/.test(limit) ? 200 : 400 });
    }
  });

  it.each(SQL)('should store %j as a title, and find nothing else by it', async (title) => {
    const { app, ana } = scene;
    const answer = await send(app, {
      method: 'PATCH',
      path: `/api/conversations/${String(ids.conversation)}`,
      token: ana.token,
      body: JSON.stringify({ title }),
    });
    if (title === '\u0000') {
      expect(answer.status).toBe(400);
      return;
    }
    expect(jsonOf(answer)).toMatchObject({ title: title.trim() });
  });

  it('should have everything where it was', async () => {
    const { manager } = scene.app.dataSource;
    expect(await manager.count(User)).toBe(3);
    expect(await manager.count(Conversation)).toBe(6);
    expect(await titles('alfa')).toEqual(['alfa', 'alfa beta']);
  });
});
