// `npm run bench:knowledge`: see README.md
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import type { DataSource } from 'typeorm';
import { printTable, shown, spreadOf, verdict } from './harness/figures.ts';
import { fill, numbers, READERS, Vocabulary } from './harness/passages.ts';
import { built, dataFolder } from './harness/prosa.ts';
import { startServer } from './harness/servers.ts';

type Db = typeof import('#db');
type Chunks = typeof import('../src/knowledge/search/chunks.repository.js');
type Search = typeof import('../src/knowledge/search/word-search.js');
type Counts = typeof import('../src/knowledge/search/word-counts.js');

const { values } = parseArgs({
  options: {
    chunks: { type: 'string', default: '20000' },
    times: { type: 'string', default: '300' },
    engine: { type: 'string', default: 'sqlite,mariadb,postgres' },
    database: { type: 'string' },
  },
});
const chunks = Number(values.chunks);
const times = Number(values.times);
const GOAL_MS = 100;

const { databaseTarget, openDatabase, engineOf } = await built<Db>('db/src/index.js');
const { ChunksRepository } = await built<Chunks>(
  'backend/src/knowledge/search/chunks.repository.js',
);
const { WordSearch } = await built<Search>('backend/src/knowledge/search/word-search.js');
const { WordCounts } = await built<Counts>('backend/src/knowledge/search/word-counts.js');

/** The engine itself, without a word about who may read what. */
const DIRECTLY = {
  sqlite: (words: readonly string[]) => [
    'SELECT rowid FROM chunk_words WHERE chunk_words MATCH ? ORDER BY rank LIMIT 8',
    words.map((word) => `"${word}"`).join(' OR '),
  ],
  mariadb: (words: readonly string[]) => [
    `SELECT id FROM chunk_words WHERE MATCH(place, title, heading, words) AGAINST (? IN BOOLEAN MODE)
     ORDER BY MATCH(place, title, heading, words) AGAINST ('${words.join(' ')}' IN BOOLEAN MODE) DESC LIMIT 8`,
    words.join(' '),
  ],
  postgres: (words: readonly string[]) => [
    `SELECT id FROM chunk_words WHERE words @@ $1::tsquery
     ORDER BY ts_rank(words, '${words.map((word) => `''${word}''`).join(' | ')}') DESC LIMIT 8`,
    words.map((word) => `'${word}'`).join(' | '),
  ],
} as const;

async function timed(work: (question: string) => Promise<unknown>) {
  const vocabulary = new Vocabulary(numbers(1));
  const samples: number[] = [];
  for (let n = 0; n < times + 5; n += 1) {
    const question = vocabulary.question();
    const from = performance.now();
    await work(question);
    if (n >= 5) samples.push(performance.now() - from);
  }
  return spreadOf(samples);
}

async function measure(dataSource: DataSource): Promise<string[][]> {
  const engine = engineOf(dataSource);
  const { termsOf, MARIADB_PREFIX = 'w_' } = (await built<Db>('db/src/index.js')) as Db & {
    MARIADB_PREFIX?: string;
  };
  const repository = new ChunksRepository(dataSource);
  const search = new WordSearch(repository, new WordCounts(repository));
  const direct = await timed((question) => {
    const stems = termsOf(question, 'pt-BR', 24).flat();
    const words = engine === 'mariadb' ? stems.map((stem) => MARIADB_PREFIX + stem) : stems;
    const [sql = '', match] = DIRECTLY[engine](words);
    return dataSource.query(sql, [match]);
  });
  const rows = [
    [`${engine} itself`, ...[direct.p50, direct.p99, direct.max].map((n) => shown(n)), ''],
  ];
  for (const [reader, readable] of Object.entries(READERS)) {
    const place = { userId: Number(reader), collectionIds: null, conversationId: null };
    const loop = monitorEventLoopDelay({ resolution: 1 });
    let found = 0;
    const spread = await timed(async (text) => {
      loop.enable();
      const query = { ...place, text, language: 'pt-BR' as const, limit: 8 };
      const ids = (await search.find(query)).slice(0, 8).map(({ id }) => id);
      found += (await repository.texts(place, ids)).length;
      loop.disable();
    });
    rows.push([
      `${engine}, ${String(readable)} collections`,
      ...[spread.p50, spread.p99, spread.max, loop.max / 1e6].map((n) => shown(n)),
      shown(found / (times + 5)),
    ]);
    console.log(`  ${engine}, ${String(readable)}: p99 ms ${verdict(spread.p99, GOAL_MS)}`);
  }
  return rows;
}

async function opened(engine: string) {
  if (values.database !== undefined) return { url: values.database, stop: () => undefined };
  if (engine === 'sqlite') {
    const { folder, remove } = dataFolder();
    return { url: `file:${folder}/prosa.db`, stop: remove };
  }
  return startServer(engine === 'mariadb' ? 'mariadb' : 'postgres');
}

const table = [['ms', 'p50', 'p99', 'max', 'loop max', 'found']];
for (const engine of values.engine.split(',')) {
  const place = await opened(engine);
  const dataSource = await openDatabase(databaseTarget(place.url, '/tmp'));
  const [row] = await dataSource.query<{ n: string | number }[]>(
    'SELECT COUNT(*) AS n FROM chunks',
  );
  const from = performance.now();
  if (Number(row?.n) === 0) {
    await fill(dataSource, chunks);
    const perSecond = (chunks * 1000) / (performance.now() - from);
    console.log(`  ${engine}: ${shown(perSecond)} passages written and indexed a second`);
    if (engine === 'postgres') await dataSource.query('VACUUM ANALYZE');
  }
  table.push(...(await measure(dataSource)));
  await dataSource.destroy();
  await place.stop();
}
printTable(`${String(chunks)} passages, ${String(times)} questions of 3 to 7 words`, table);
