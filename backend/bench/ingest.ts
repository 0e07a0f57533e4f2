// `npm run bench:ingest -- --pages 500 --seconds 15`: see README.md
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { watchChildren } from '../test/harness/process-memory.js';
import { pdfOf } from '../test/ingest/files/pdf-writer.js';
import type { FakeProvider } from './harness/fake-provider.ts';
import { printTable, rssMb, shown, type Spread, spreadOf } from './harness/figures.ts';
import { callApi, people, questions } from './harness/people.ts';
import { dataFolder, startProsa } from './harness/prosa.ts';
import type { Reader } from './harness/reader.ts';
import { startWorker } from './harness/worker.ts';

const { values } = parseArgs({
  options: {
    pages: { type: 'string', default: '500' },
    /** Of one phase. */
    seconds: { type: 'string', default: '15' },
    rate: { type: 'string', default: '10' },
    /** Phases of each kind. */
    rounds: { type: 'string', default: '2' },
  },
});
const [pages, seconds, rate, rounds] = [
  values.pages,
  values.seconds,
  values.rate,
  values.rounds,
].map(Number) as [number, number, number, number];
const MOST_GROWTH = 1.1;

const LINE = 'O contrato vale por doze meses e se renova sozinho, salvo aviso em trinta dias.';
/** Some 40 lines a page, no two pages alike. */
const aPdf = (seed: number) =>
  pdfOf(
    Array.from({ length: pages }, (_, page) =>
      Array.from({ length: 40 }, (_line, line) => ({
        text: `${String(seed)}.${String(page)}.${String(line)} ${LINE}`,
        y: 800 - line * 18,
      })),
    ),
  );

const fake = startWorker<FakeProvider>('fake-provider.ts');
const reader = startWorker<Reader>('reader.ts');
const upstream = await fake.call('listen');
await fake.call('setPace', { thinkMs: 60, tokensPerSecond: 8, tokens: 16 });
const { folder, remove } = dataFolder();
const prosa = await startProsa({
  folder,
  settings: { OPENAI_BASE_URL: upstream, LLM_MODELS: 'openai/fake', WEB_SEARCH: 'off' },
});
const tokens = await people(prosa.url, 20);
const admin = String(tokens[0]);
const asked = await questions(prosa.url, tokens, rate * seconds * (2 * rounds + 1), 'Prosa');
const collection = await callApi(prosa.url, admin, 'POST', '/api/collections', { name: 'Bench' });

interface ReadDocument {
  readonly ms: number;
  readonly bytes: number;
}

/** Uploads one document and waits until it can be found. */
async function readOne(seed: number, signal: AbortSignal): Promise<ReadDocument | undefined> {
  const file = aPdf(seed);
  const body = new FormData();
  body.append('file', new Blob([new Uint8Array(file)]), `contrato-${String(seed)}.pdf`);
  const from = performance.now();
  const sent = await fetch(`${prosa.url}/api/collections/${String(collection['id'])}/documents`, {
    method: 'POST',
    headers: { authorization: `Bearer ${admin}`, origin: prosa.url },
    body,
  });
  const { id } = (await sent.json()) as { id: number };
  for (;;) {
    const { status, error } = await callApi(
      prosa.url,
      admin,
      'GET',
      `/api/documents/${String(id)}`,
    );
    if (status === 'ready') return { ms: performance.now() - from, bytes: file.length };
    if (status === 'failed') throw new Error(JSON.stringify(error));
    await sleep(100);
    if (signal.aborted) return undefined;
  }
}

const read: ReadDocument[] = [];
let seed = 0;
async function reading(signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const one = await readOne((seed += 1), signal);
    if (one) read.push(one);
  }
}

/** How long people wait for a first word, while something else is done or nothing is. */
async function phase(at: number): Promise<{ first: Spread; loop: Spread }> {
  await reader.call('measure');
  await prosa.loopDelay();
  const calls = asked.slice(at * rate * seconds, (at + 1) * rate * seconds);
  await reader.call('open', { calls, perSecond: rate });
  await reader.call('allEnded');
  const { Prosa: figures } = await reader.call('report');
  if (!figures) throw new Error('no token arrived');
  return { first: figures.first, loop: await prosa.loopDelay() };
}

const stop = new AbortController();
const memory = watchChildren(prosa.pid, stop.signal);
await phase(0);
const idle: { first: Spread; loop: Spread }[] = [];
const busy: { first: Spread; loop: Spread }[] = [];
for (let round = 0; round < rounds; round += 1) {
  idle.push(await phase(1 + 2 * round));
  const ended = new AbortController();
  const work = reading(ended.signal);
  await sleep(500);
  busy.push(await phase(2 + 2 * round));
  ended.abort();
  await work;
}
stop.abort();

const row = (what: string, { first, loop }: { first: Spread; loop: Spread }) => [
  what,
  ...[first.p50, first.p95, first.p99, loop.p99, loop.max].map((ms) => shown(ms)),
];
printTable(`asking while PDFs of ${String(pages)} pages are read, ${String(rate)} questions/s`, [
  'ms|question → first token p50|p95|p99|loop delay p99|max'.split('|'),
  ...idle.map((figures, n) => row(`nothing else, ${String(n + 1)}`, figures)),
  ...busy.map((figures, n) => row(`reading, ${String(n + 1)}`, figures)),
]);
const middle = (all: typeof idle) => spreadOf(all.map(({ first }) => first.p95)).p50;
const growth = middle(busy) / middle(idle);
console.log(
  `  p95 reading / nothing else: ${shown(growth)}, goal ≤ ${String(MOST_GROWTH)}: ` +
    (growth <= MOST_GROWTH ? 'met' : 'MISSED'),
);
const took = spreadOf(read.map(({ ms }) => ms));
console.log(
  `  ${String(read.length)} documents of ${shown((read[0]?.bytes ?? NaN) / 1e6, 'MB')}: ` +
    `${shown(took.p50 / 1000, 's')} each, ${shown((pages * 1000) / took.p50)} pages a second; ` +
    `the reading child at most ${shown(memory.mostMb(), 'MB')}, the server ${shown(rssMb(prosa.pid), 'MB')}`,
);
await prosa.stop();
remove();
fake.end();
reader.end();
