// `npm run bench:local-models -- --seconds 15`: see README.md
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { tinyGguf } from '../test/fakes/tiny-gguf.js';
import { writeTinyT5 } from '../test/fakes/tiny-t5.js';
import { cpuMs, printTable, rssMb, shown, type Spread, verdict } from './harness/figures.ts';
import { callApi, people } from './harness/people.ts';
import { dataFolder, startProsa } from './harness/prosa.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '15' },
    /** Width of the LLaMA; eight layers of 512 are 30 million parameters. */
    width: { type: 'string', default: '512' },
    /** Models of your own instead: a GGUF file, and the folder of a T5. */
    llama: { type: 'string' },
    t5: { type: 'string' },
  },
});
const seconds = Number(values.seconds);
const LLAMA = `llama/${values.llama ?? 'bench.gguf'}`;
const T5 = `flan-t5/${values.t5 ?? 'bench-t5'}`;
const GOAL_P99_MS = 20;
const IDLE_SECONDS = 3;
/** Words to answer with, so that an answer takes a while. */
const LONG_SCRIPT = Array.from({ length: 100 }, (_, n) => `▁w${String(n)}`);

const { folder, remove } = dataFolder();
mkdirSync(join(folder, 'models'));
writeFileSync(
  join(folder, 'models/bench.gguf'),
  tinyGguf({ endless: true, width: Number(values.width), layers: 8 }),
);
writeTinyT5(join(folder, 'models/bench-t5'), { script: LONG_SCRIPT });
const prosa = await startProsa({
  folder,
  settings: {
    ...{ LLM_MODELS: `${LLAMA},${T5},quotes` },
    ...{ LOCAL_MODEL_IDLE_SECONDS: String(IDLE_SECONDS) },
  },
});
const [token = ''] = await people(prosa.url, 1);

/** The processes that run models for the server. */
function children(): number[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const status = readFileSync(`/proc/${name}/status`, 'utf8');
      return status.includes(`\nPPid:\t${String(prosa.pid)}\n`) ? [Number(name)] : [];
    } catch {
      return []; // Ended in between.
    }
  });
}

interface Measured {
  readonly loop: Spread;
  readonly tokens: number;
  readonly serverMb: number;
  readonly modelMb: number;
  readonly cores: number;
}

/** Asks one model one question after another while the server's event loop is watched. */
async function measure(model: string | undefined): Promise<Measured> {
  let tokens = 0;
  let over = false;
  const ask = async (): Promise<void> => {
    const conversation = await callApi(prosa.url, token, 'POST', '/api/conversations', {});
    const path = `/api/conversations/${String(conversation['id'])}/posts`;
    const post = await callApi(prosa.url, token, 'POST', path, { prompt: 'Oi', model });
    const usage = post['usage'] as { completionTokens?: number } | null;
    tokens += usage?.completionTokens ?? 0;
  };
  if (model) await ask(); // Loads it.
  await prosa.loopDelay();
  tokens = 0;
  const asking = (async () => {
    while (model && !over) await ask();
  })();
  const before = cpuOf();
  const startedAt = performance.now();
  await sleep(seconds * 1000);
  over = true;
  const loop = await prosa.loopDelay();
  const cores = (cpuOf() - before) / (performance.now() - startedAt);
  const [child] = children();
  const memory = { serverMb: rssMb(prosa.pid), modelMb: child === undefined ? NaN : rssMb(child) };
  await asking;
  const took = (performance.now() - startedAt) / 1000;
  return { loop, tokens: tokens / took, ...memory, cores };
}

const cpuOf = (): number => children().reduce((sum, pid) => sum + cpuMs(pid), 0);

const row = (name: string, is: Measured): string[] => [
  ...[name, shown(is.loop.p50), shown(is.loop.p99), shown(is.loop.max)],
  ...[shown(is.tokens), shown(is.cores), shown(is.serverMb), shown(is.modelMb)],
];

const idle = await measure(undefined);
const llama = await measure(LLAMA);
await sleep((IDLE_SECONDS + 1) * 1000);
const left = children().length;
const t5 = await measure(T5);
printTable(`models on this machine, ${String(seconds)} s each`, [
  'while|loop delay p50 ms|p99|max|tokens/s|model cores|server MB|model MB'.split('|'),
  row('nothing', idle),
  row('llama', llama),
  row('flan-t5', t5),
]);
console.log(
  `  p99 ms, llama: ${verdict(llama.loop.p99, GOAL_P99_MS)}; flan-t5: ${verdict(t5.loop.p99, GOAL_P99_MS)};` +
    ` processes ${String(IDLE_SECONDS + 1)} s after the last answer: ${String(left)}`,
);
await prosa.stop();
remove();
