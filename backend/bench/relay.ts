// `npm run bench:relay -- --streams 1000 --seconds 20`: see README.md
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { BareRelay } from './harness/bare-relay.ts';
import type { FakeProvider } from './harness/fake-provider.ts';
import { cpuMs, printTable, rssMb, shown, type Spread, verdict } from './harness/figures.ts';
import { directQuestion, people, questions } from './harness/people.ts';
import { dataFolder, startProsa } from './harness/prosa.ts';
import type { GroupFigures, Reader, StreamCall } from './harness/reader.ts';
import type { SettledMemory } from './harness/settled-memory.mjs';
import { startWorker } from './harness/worker.ts';

const { values } = parseArgs({
  options: {
    streams: { type: 'string', default: '1000' },
    seconds: { type: 'string', default: '20' },
    rate: { type: 'string', default: '8' },
    /** Streams opened in a second before measuring. */
    ramp: { type: 'string', default: '50' },
    /** A Redis to share the answers through: `--redis=redis://127.0.0.1:6379`. */
    redis: { type: 'string' },
    /** Only Prosa, with these options of Node: `--profile=--cpu-prof`. */
    profile: { type: 'string' },
  },
});
const streams = Number(values.streams);
const seconds = Number(values.seconds);
/** Opened and ended first: what is loaded with the first answer is no stream's memory. */
const WARM_UP = 20;
const GOAL = { p99: 20, max: 100, cpu: 60 };

const fake = startWorker<FakeProvider>('fake-provider.ts');
const reader = startWorker<Reader>('reader.ts');
const upstream = await fake.call('listen');
await fake.call('setPace', {
  thinkMs: 60,
  tokensPerSecond: Number(values.rate),
  tokens: null,
});

interface Measured extends GroupFigures {
  readonly cpuPerToken: number;
  readonly cores: number;
  readonly fakeCores: number;
  readonly readerCores: number;
  readonly rss: number;
  readonly loop?: Spread;
  /** For each open stream, in kB. */
  readonly rssEach: number;
  readonly heapEach: number;
}

/** What is measured. */
interface Server {
  readonly pid: number;
  memory(): Promise<SettledMemory>;
  loopDelay?(): Promise<Spread>;
}

async function endAll(): Promise<void> {
  await fake.call('endAll');
  await reader.call('allEnded');
}

async function measure(server: Server, calls: readonly StreamCall[]): Promise<Measured> {
  const { pid } = server;
  const perSecond = Number(values.ramp);
  await reader.call('open', { calls: calls.slice(0, WARM_UP), perSecond });
  // On a busy machine one may begin late, and what has not begun is not ended.
  await reader.call('allBegun');
  await sleep(1000);
  await endAll();
  const empty = await server.memory();
  await reader.call('open', { calls: calls.slice(WARM_UP), perSecond });
  await reader.call('allBegun');
  await sleep(3000);
  await server.loopDelay?.();
  await reader.call('measure');
  const pids = [pid, fake.pid, reader.pid];
  const before = pids.map(cpuMs);
  const from = performance.now();
  await sleep(seconds * 1000);
  const took = performance.now() - from;
  const [used = NaN, fakeUsed = NaN, readerUsed = NaN] = pids.map(
    (each, at) => cpuMs(each) - (before[at] ?? NaN),
  );
  const loop = await server.loopDelay?.();
  const rss = rssMb(pid);
  const figures = (await reader.call('report'))['relay'];
  if (!figures || figures.tokens === 0) throw new Error('no token arrived');
  const full = await server.memory();
  await endAll();
  return {
    ...figures,
    rssEach: (full.rss - empty.rss) / streams / 1000,
    heapEach: (full.heap - empty.heap) / streams / 1000,
    cpuPerToken: (used * 1000) / figures.tokens,
    cores: used / took,
    fakeCores: fakeUsed / took,
    readerCores: readerUsed / took,
    rss,
    ...(loop ? { loop } : {}),
  };
}

async function measureBare(): Promise<Measured> {
  const relay = startWorker<BareRelay>('bare-relay.ts');
  const url = await relay.call('listen', upstream);
  const calls = Array.from({ length: WARM_UP + streams }, () => directQuestion('relay', url));
  const server = { pid: relay.pid, memory: () => relay.call('memory') };
  const measured = await measure(server, calls);
  relay.end();
  return measured;
}

async function measureProsa(): Promise<Measured> {
  const { folder, remove } = dataFolder();
  const prosa = await startProsa({
    folder,
    settings: {
      OPENAI_BASE_URL: upstream,
      LLM_MODELS: 'openai/fake',
      ...(values.redis === undefined ? {} : { REDIS_URL: values.redis }),
    },
    nodeOptions: values.profile ? values.profile.split(' ') : [],
  });
  const tokens = await people(prosa.url, 8);
  const calls = await questions(prosa.url, tokens, WARM_UP + streams, 'relay');
  const measured = await measure(prosa, calls);
  await prosa.stop();
  remove();
  return measured;
}

const row = (name: string, is: Measured) => [
  name,
  shown(is.tokens / seconds),
  shown(is.late.p50),
  shown(is.late.p99),
  shown(is.late.max),
  shown(is.cpuPerToken),
  shown(is.cores),
  shown(is.rss),
  `${shown(is.rssEach)} / ${shown(is.heapEach)}`,
  is.loop ? `${shown(is.loop.p99)} / ${shown(is.loop.max)}` : '',
  `${shown(is.fakeCores)} / ${shown(is.readerCores)}`,
  String(is.failed),
];

const HEAD =
  'who|tokens/s|late p50 ms|p99|max|CPU µs a token|cores|RSS MB|a stream: RSS / heap kB|loop delay p99 / max ms|fake / reader cores|failed';
const bare = values.profile ? undefined : await measureBare();
const prosa = await measureProsa();
printTable(`relay: ${String(streams)} streams × ${values.rate} tokens/s, ${String(seconds)} s`, [
  HEAD.split('|'),
  ...(bare ? [row('bare Fastify', bare)] : []),
  row('Prosa', prosa),
  ...(bare
    ? [
        [
          'ratio',
          '',
          shown(prosa.late.p50 / bare.late.p50),
          shown(prosa.late.p99 / bare.late.p99),
          shown(prosa.late.max / bare.late.max),
          shown(prosa.cpuPerToken / bare.cpuPerToken),
        ],
      ]
    : []),
]);
console.log(
  `  late p99 ms: ${verdict(prosa.late.p99, GOAL.p99)}; max ms: ${verdict(prosa.late.max, GOAL.max)};` +
    ` CPU µs a token: ${verdict(prosa.cpuPerToken, GOAL.cpu)}`,
);
fake.end();
reader.end();
