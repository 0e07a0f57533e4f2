// `npm run bench:start`: see README.md
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { FakeProvider } from './harness/fake-provider.ts';
import { printTable, rssMb, shown, verdict } from './harness/figures.ts';
import { people, questions } from './harness/people.ts';
import { dataFolder, startProsa } from './harness/prosa.ts';
import type { Reader } from './harness/reader.ts';
import { startWorker } from './harness/worker.ts';

const { values } = parseArgs({
  options: {
    starts: { type: 'string', default: '5' },
    answers: { type: 'string', default: '100' },
    'idle-seconds': { type: 'string', default: '10' },
  },
});
const GOAL = { readyMs: 2000, idleMb: 200, answeredMb: 250 };
const answers = Number(values.answers);

const fake = startWorker<FakeProvider>('fake-provider.ts');
const reader = startWorker<Reader>('reader.ts');
const upstream = await fake.call('listen');
await fake.call('setPace', { thinkMs: 20, tokensPerSecond: 50, tokens: 50 });

const MODELS: readonly [name: string, settings: Record<string, string>][] = [
  ['a provider', { OPENAI_BASE_URL: upstream, LLM_MODELS: 'openai/fake' }],
  ['quotes', { LLM_MODELS: 'quotes' }],
];
const rows: string[][] = [
  'model|first start ms|later starts ms|idle MB|after answers MB'.split('|'),
];
const worst = { ready: 0, idle: 0, answered: 0 };

for (const [name, settings] of MODELS) {
  const { folder, remove } = dataFolder();
  let prosa = await startProsa({ folder, settings });
  const first = prosa.readyMs;
  const later: number[] = [];
  for (let n = 0; n < Number(values.starts); n += 1) {
    await prosa.stop();
    prosa = await startProsa({ folder, settings });
    later.push(prosa.readyMs);
  }
  await sleep(Number(values['idle-seconds']) * 1000);
  const idle = rssMb(prosa.pid);
  const calls = await questions(prosa.url, await people(prosa.url, 2), answers, 'answers');
  await reader.call('open', { calls, perSecond: 10 });
  await reader.call('allEnded');
  const answered = rssMb(prosa.pid);
  await prosa.stop();
  remove();
  later.sort((a, b) => a - b);
  const ready = later[later.length >> 1] ?? NaN;
  const from = `${shown(ready)} (${shown(later[0] ?? NaN)}–${shown(later.at(-1) ?? NaN)})`;
  rows.push([name, shown(first), from, shown(idle), shown(answered)]);
  worst.ready = Math.max(worst.ready, ready);
  worst.idle = Math.max(worst.idle, idle);
  worst.answered = Math.max(worst.answered, answered);
}
printTable(`start and memory: ${values.starts} later starts, ${String(answers)} answers`, rows);
console.log(
  `  ready ms: ${verdict(worst.ready, GOAL.readyMs)}; idle MB: ${verdict(worst.idle, GOAL.idleMb)};` +
    ` after answers MB: ${verdict(worst.answered, GOAL.answeredMb)}`,
);
fake.end();
reader.end();
