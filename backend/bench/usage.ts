// `npm run bench:usage -- --calls 1000000 --days 31`: see README.md
import { parseArgs } from 'node:util';
import { databaseTarget, type Engine, openDatabase, UsageHour } from '#db';
import type { DataSource } from 'typeorm';
import { printTable, shown, verdict } from './harness/figures.ts';
import { fillLedger } from './harness/ledger.ts';
import { callApi, people, signIn } from './harness/people.ts';
import { built, dataFolder, startProsa } from './harness/prosa.ts';
import { startServer } from './harness/servers.ts';

type Env = typeof import('../src/config/load-env.js');
type Hours = typeof import('../src/usage/usage-hours.repository.js');
type Reports = typeof import('../src/usage/usage-reports.js');
type Sums = typeof import('../src/usage/usage-sums.repository.js');

const { values } = parseArgs({
  options: {
    calls: { type: 'string', default: '1000000' },
    days: { type: 'string', default: '31' },
    people: { type: 'string', default: '200' },
    times: { type: 'string', default: '40' },
    engine: { type: 'string', default: 'sqlite,mariadb,postgres' },
  },
});
const calls = Number(values.calls);
const days = Number(values.days);
const times = Number(values.times);
const GOAL_MS = 300;
const ASKED_DAYS = 31;
const DAY_MS = 86_400_000;
/** Reports that the baseline is measured with: adding all calls up one by one takes long. */
const SCANS = 2;
/** As many calls a transaction as the server takes. */
const BATCH = 100;
/** Transactions that are measured; the rest is folded by larger ones, for that takes long as well. */
const BATCHES = 200;
const LARGE_BATCH = 5000;

const { loadEnv } = await built<Env>('backend/src/config/load-env.js');
const { UsageHoursRepository } = await built<Hours>('backend/src/usage/usage-hours.repository.js');
const { UsageReports } = await built<Reports>('backend/src/usage/usage-reports.js');
const { UsageSumsRepository } = await built<Sums>('backend/src/usage/usage-sums.repository.js');

const QUESTIONS = [
  'day',
  'person',
  'model',
  'purpose',
  'door',
  'day,model',
  'day,person',
  'person,model',
];

const date = (ms: number) => new Date(ms).toISOString().slice(0, 10);

/** The nearest rank. */
const rank = (samples: readonly number[], part: number): number =>
  [...samples].sort((a, b) => a - b)[Math.ceil(part * samples.length) - 1] ?? NaN;

async function timesOf(count: number, work: (n: number) => Promise<unknown>): Promise<number[]> {
  const samples: number[] = [];
  for (let n = 0; n < count; n += 1) {
    const from = performance.now();
    await work(n);
    samples.push(performance.now() - from);
  }
  return samples;
}

/** Any 31 days of the ledger, as often as there are any. */
function daysAsked(n: number): { from: string; to: string } {
  const first = Date.now() - days * DAY_MS + ((n * 7) % Math.max(1, days - ASKED_DAYS)) * DAY_MS;
  return { from: date(first), to: date(first + (ASKED_DAYS - 1) * DAY_MS) };
}

/** What the plain sum of the calls takes, before any of them is folded. */
async function scans(dataSource: DataSource): Promise<Map<string, number>> {
  const reports = new UsageReports(loadEnv({}), new UsageSumsRepository(dataSource));
  const medians = new Map<string, number>();
  for (const by of QUESTIONS) {
    const samples = await timesOf(SCANS, (n) => reports.report({ ...daysAsked(n), by }));
    medians.set(by, rank(samples, 0.5));
  }
  return medians;
}

/** Folds the whole ledger. @returns what the first batches took, in milliseconds. */
async function foldAll(dataSource: DataSource): Promise<number[]> {
  const repository = new UsageHoursRepository(dataSource);
  const batches = await timesOf(BATCHES, () => repository.foldSome(new Date(), BATCH));
  while ((await repository.foldSome(new Date(), LARGE_BATCH)) > 0);
  return batches;
}

/** What a small question waits for while reports are asked for without a pause. */
async function meanwhile(url: string, token: string, isOver: () => boolean): Promise<number[]> {
  const samples: number[] = [];
  while (!isOver()) {
    const from = performance.now();
    await callApi(url, token, 'GET', '/api/conversations?limit=30');
    samples.push(performance.now() - from);
  }
  return samples;
}

async function asked(url: string, token: string, scanned: ReadonlyMap<string, number>) {
  const rows = ['ms|p50|p95|max|scan p50|scan : p50|'.split('|')];
  let over = false;
  const small = meanwhile(url, token, () => over);
  const measure = async (what: string, path: (n: number) => string, scan = NaN) => {
    const get = (n: number) => callApi(url, token, 'GET', path(n));
    await timesOf(3, get);
    const samples = await timesOf(times, get);
    const [p50, p95, max] = [rank(samples, 0.5), rank(samples, 0.95), rank(samples, 1)];
    const told = [shown(p50), shown(p95), shown(max), shown(scan), shown(scan / p50)];
    rows.push([what, ...told, `p95 ${verdict(p95, GOAL_MS)}`]);
  };
  for (const by of QUESTIONS) {
    const path = (n: number) =>
      `/api/usage?${new URLSearchParams({ ...daysAsked(n), by }).toString()}`;
    await measure(by.replace(',', ' and '), path, scanned.get(by));
  }
  await measure('one’s own month', () => `/api/usage/mine?month=${date(Date.now()).slice(0, 7)}`);
  over = true;
  const waits = await small;
  rows.push([
    'a list of conversations meanwhile',
    shown(rank(waits, 0.5)),
    shown(rank(waits, 0.95)),
    shown(rank(waits, 1)),
  ]);
  return rows;
}

async function bench(engine: Engine, folder: string): Promise<void> {
  const server = engine === 'sqlite' ? undefined : await startServer(engine);
  const settings = { LLM_MODELS: 'quotes', ...(server && { DATABASE_URL: server.url }) };
  try {
    const empty = await startProsa({ folder, settings });
    await people(empty.url, 1);
    await empty.stop();
    const dataSource = await openDatabase(databaseTarget(server?.url, folder));
    const wish = { calls, days, people: Number(values.people), firstId: 1 };
    const [filledMs = NaN] = await timesOf(1, () => fillLedger(dataSource, wish));
    if (engine !== 'sqlite') await dataSource.query(ANALYSE[engine]);
    const scanned = await scans(dataSource);
    const batches = await foldAll(dataSource);
    const hours = await dataSource.getRepository(UsageHour).count();
    if (engine !== 'sqlite') await dataSource.query(ANALYSE[engine]);
    await dataSource.destroy();
    const prosa = await startProsa({ folder, settings });
    // A new one: filling may take longer than a token lives.
    const rows = await asked(prosa.url, await signIn(prosa.url, 'admin'), scanned);
    await prosa.stop();
    printTable(
      `usage on ${engine}: ${String(calls)} calls of ${values.people} people in ${String(days)} days, ${String(hours)} rows by the hour`,
      rows,
    );
    console.log(
      `  filled in ${shown(filledMs / 1000, 's')}; ${String(BATCH)} calls folded: p50 ${shown(rank(batches, 0.5), 'ms')}, p99 ${shown(rank(batches, 0.99), 'ms')}`,
    );
  } finally {
    await server?.stop();
  }
}

const ANALYSE = {
  mariadb: 'ANALYZE TABLE `usage`, usage_hours',
  postgres: 'VACUUM ANALYZE',
} as const;

for (const engine of ['sqlite', 'mariadb', 'postgres'] as const) {
  if (!values.engine.includes(engine)) continue;
  const { folder, remove } = dataFolder();
  await bench(engine, folder);
  remove();
}
