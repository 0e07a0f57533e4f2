// `npm run bench:lists -- --posts 100000`, on MariaDB too with TEST_MARIADB_URL: see README.md
import { randomBytes } from 'node:crypto';
import http from 'node:http';
import { parseArgs } from 'node:util';
import mariadb from 'mariadb';
import { databaseTarget, openDatabase } from '#db';
import { printTable, shown, type Spread, spreadOf, verdict } from './harness/figures.ts';
import { COMMONEST, fill, type History, PASSWORD, RARE } from './harness/history.ts';
import { signIn } from './harness/people.ts';
import { dataFolder, startProsa } from './harness/prosa.ts';

const { values } = parseArgs({
  options: {
    posts: { type: 'string', default: '100000' },
    times: { type: 'string', default: '200' },
    engine: { type: 'string', default: 'sqlite,mariadb' },
  },
});
const posts = Number(values.posts);
const times = Number(values.times);
const GOAL = { list: 10, search: 50 };
const server = process.env['TEST_MARIADB_URL'];
const DEEP_PAGES = 10;
/** The first requests compile statements and code. */
const WARM_UP = 5;

const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });

function get(url: string, token: string): Promise<Record<string, unknown>> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}` };
    http
      .get(url, { agent, headers }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => (text += part));
        response.on('end', () => {
          const { statusCode } = response;
          if (statusCode === 200) resolve(JSON.parse(text) as Record<string, unknown>);
          else reject(new Error(`${url}: ${String(statusCode)} ${text}`));
        });
      })
      .on('error', reject);
  });
}

async function measured(url: string, token: string): Promise<Spread> {
  const samples: number[] = [];
  for (let n = 0; n < WARM_UP; n += 1) await get(url, token);
  for (let n = 0; n < times; n += 1) {
    const from = performance.now();
    await get(url, token);
    samples.push(performance.now() - from);
  }
  return spreadOf(samples);
}

/** The address of a page far down a list. */
async function deepPage(list: string, token: string): Promise<string> {
  let url = list;
  for (let page = 0; page < DEEP_PAGES; page += 1) {
    const { nextCursor } = await get(url, token);
    if (typeof nextCursor !== 'string') break;
    url = `${list}&cursor=${nextCursor}`;
  }
  return url;
}

async function measureAll(url: string, { longThread, longest }: History): Promise<string[][]> {
  const huge = await signIn(url, 'pessoa1', PASSWORD);
  const small = await signIn(url, 'pessoa50', PASSWORD);
  const list = `${url}/api/conversations?limit=50`;
  const search = (words: string) => `${list}&q=${words}`;
  const measurements: [what: string, path: string, token: string, goal?: number][] = [
    [
      'one conversation by its key (baseline)',
      `${url}/api/conversations/${String(longThread)}`,
      huge,
    ],
    ['list, small history', list, small, GOAL.list],
    ['list, 30 % of all posts', list, huge, GOAL.list],
    ['list, deep page', await deepPage(list, huge), huge, GOAL.list],
    [`search: commonest word (${COMMONEST})`, search(COMMONEST), huge, GOAL.search],
    ['the same, small history', search(COMMONEST), small, GOAL.search],
    [
      'search: commonest word, deep page',
      await deepPage(search(COMMONEST), huge),
      huge,
      GOAL.search,
    ],
    [`search: rare word (${RARE})`, search(RARE), huge],
    ['search: two letters (co)', search('co'), huge],
    ['own prompts with the commonest word', `${url}/api/posts?limit=50&q=${COMMONEST}`, huge],
    [
      `newest page of a thread of ${String(longest)}`,
      `${url}/api/conversations/${String(longThread)}/posts?branch=active&limit=50`,
      huge,
    ],
  ];
  const rows = ['ms|p50|p99|max|p50 : baseline|'.split('|')];
  let base = NaN;
  for (const [what, path, token, goal] of measurements) {
    const { p50, p99, max } = await measured(path, token);
    if (Number.isNaN(base)) base = p50;
    const said = goal === undefined ? '' : `p99 ${verdict(p99, goal)}`;
    rows.push([what, shown(p50), shown(p99), shown(max), shown(p50 / base), said]);
  }
  return rows;
}

async function bench(name: string, url: string | undefined, folder: string): Promise<void> {
  const from = performance.now();
  const dataSource = await openDatabase(databaseTarget(url, folder));
  const history = await fill(dataSource, posts);
  if (url !== undefined) await dataSource.query('ANALYZE TABLE conversation, posts, search_text');
  await dataSource.destroy();
  const filled = (performance.now() - from) / 1000;
  const prosa = await startProsa({
    folder,
    settings: { LLM_MODELS: 'quotes', ...(url === undefined ? {} : { DATABASE_URL: url }) },
  });
  const rows = await measureAll(prosa.url, history);
  await prosa.stop();
  printTable(
    `lists on ${name}: ${String(history.posts)} posts (filled in ${shown(filled, 's')}), ${String(times)} times each`,
    rows,
  );
}

async function onServer(statement: string): Promise<void> {
  const { hostname, port, username, password } = new URL(String(server));
  const connection = await mariadb.createConnection({
    host: hostname,
    port: Number(port),
    user: username,
    password,
  });
  await connection.query(statement);
  await connection.end();
}

const { folder, remove } = dataFolder();
if (values.engine.includes('sqlite')) await bench('SQLite', undefined, folder);
if (values.engine.includes('mariadb') && server !== undefined) {
  const database = `prosa_bench_${randomBytes(4).toString('hex')}`;
  await onServer(`CREATE DATABASE ${database} CHARACTER SET utf8mb4`);
  try {
    await bench('MariaDB', `${server}/${database}`, folder);
  } finally {
    await onServer(`DROP DATABASE ${database}`);
  }
}
remove();
