// `npm run bench:guardrails:http -- --prompts 100 --size 100000`: see README.md
import { parseArgs } from 'node:util';
import type { FakeProvider } from './harness/fake-provider.ts';
import { cpuMs, printTable, shown, type Spread, verdict } from './harness/figures.ts';
import { people, questions } from './harness/people.ts';
import { dataFolder, startProsa } from './harness/prosa.ts';
import type { GroupFigures, Reader, StreamCall } from './harness/reader.ts';
import { startWorker } from './harness/worker.ts';

const { values } = parseArgs({
  options: {
    prompts: { type: 'string', default: '100' },
    size: { type: 'string', default: '100000' },
    profile: { type: 'string' },
  },
});
const count = Number(values.prompts);
const size = Number(values.size);
const GOAL_P99_MS = 50;

/** What is repeated to make a rule slow; each reads unlike the others. */
const HOSTILE = [
  ...['😀', 'm e ', 'i g n o r e ', 'ignore all ', 'from now on ', '\u200b', '漢', 'Ж ', '1-'],
  ...['a.', '[', '<a ', 'http://', 'filho da ', '<|im_start|>', '\nsystem:', '«"', 'aWdub3Jl'],
];
const PROSE =
  'O relatório do mês compara as vendas de março com as de abril, por região e por loja. ';

const long = (part: string): string => part.repeat(Math.ceil(size / part.length)).slice(0, size);

const fake = startWorker<FakeProvider>('fake-provider.ts');
const reader = startWorker<Reader>('reader.ts');
const upstream = await fake.call('listen');
await fake.call('setPace', { thinkMs: 20, tokensPerSecond: 100, tokens: 5 });
const { folder, remove } = dataFolder();
const prosa = await startProsa({
  folder,
  settings: {
    OPENAI_BASE_URL: upstream,
    LLM_MODELS: 'openai/fake',
    // Every prompt fits: it goes all the way.
    MODEL_CONTEXT_WINDOW: '1000000',
  },
  nodeOptions: values.profile ? values.profile.split(' ') : [],
});
const tokens = await people(prosa.url, 20);

interface Round {
  readonly loop: Spread;
  readonly cpu: number;
  readonly asked: GroupFigures;
}

/** All at once, each in a conversation of its own, until the last answer has ended. */
async function round(name: string, promptOf: (n: number) => string): Promise<Round> {
  const calls = (await questions(prosa.url, tokens, count, name)).map((call, n): StreamCall => ({
    ...call,
    body: JSON.stringify({ prompt: promptOf(n) }),
  }));
  await prosa.loopDelay();
  await reader.call('measure');
  const before = cpuMs(prosa.pid);
  await reader.call('open', { calls, perSecond: 1e6 });
  await reader.call('allEnded');
  const loop = await prosa.loopDelay();
  const asked = (await reader.call('report'))[name];
  if (!asked) throw new Error(`${name}: nothing was answered`);
  return { loop, cpu: (cpuMs(prosa.pid) - before) / count, asked };
}

await round('warm-up', (n) => `Pergunta ${String(n)}`);
const short = await round('short', (n) => `Pergunta ${String(n)}`);
const prose = await round('prose', () => long(PROSE));
const hostile = await round('hostile', (n) => long(HOSTILE[n % HOSTILE.length] ?? ''));

const row = (what: string, { loop, cpu, asked }: Round): string[] => [
  what,
  shown(loop.p50),
  shown(loop.p99),
  shown(loop.max),
  shown(cpu),
  `${String(asked.streams - asked.failed)} / ${String(asked.streams)}`,
];
printTable(`${values.prompts} prompts of ${values.size} characters at once`, [
  ['event loop late, ms', 'p50', 'p99', 'max', 'CPU ms each', 'answered'],
  row('baseline: a line each', short),
  row('baseline: as long, prose', prose),
  row('hostile', hostile),
]);
console.log(`  event-loop delay p99: ${verdict(hostile.loop.p99, GOAL_P99_MS)}`);
await prosa.stop();
remove();
fake.end();
reader.end();
