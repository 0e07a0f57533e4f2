// `npm run bench:first-token -- --seconds 30`: see README.md
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { FakeProvider } from './harness/fake-provider.ts';
import { cpuMs, printTable, shown, verdict } from './harness/figures.ts';
import { directQuestion, people, questions } from './harness/people.ts';
import { dataFolder, startProsa } from './harness/prosa.ts';
import type { GroupFigures, Reader, StreamCall } from './harness/reader.ts';
import { startWorker } from './harness/worker.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '30' },
    /** Runs that arrive in a second; each stays open about ten seconds. */
    rate: { type: 'string', default: '10' },
    burst: { type: 'string', default: '100' },
    profile: { type: 'string' },
  },
});
const seconds = Number(values.seconds);
const rate = Number(values.rate);
const burst = Number(values.burst);
const GOAL = { p50: 6, p99: 30 };
const THINK_MS = 60;
const OPEN_SECONDS = 10;

const fake = startWorker<FakeProvider>('fake-provider.ts');
const reader = startWorker<Reader>('reader.ts');
const upstream = await fake.call('listen');
const pace = { thinkMs: THINK_MS, tokensPerSecond: 8, tokens: 8 * OPEN_SECONDS };
await fake.call('setPace', pace);

const { folder, remove } = dataFolder();
const prosa = await startProsa({
  folder,
  settings: { OPENAI_BASE_URL: upstream, LLM_MODELS: 'openai/fake' },
  nodeOptions: values.profile ? values.profile.split(' ') : [],
});
const tokens = await people(prosa.url, 20);
const warmUp = OPEN_SECONDS * rate;
const all = warmUp + seconds * rate;
const asked = await questions(prosa.url, tokens, all + burst, 'Prosa');
const direct = directQuestion('direct', upstream);

/** Every second call goes to the provider itself. */
const interleaved = (calls: readonly StreamCall[]) => calls.flatMap((call) => [call, direct]);

await reader.call('open', { calls: interleaved(asked.slice(0, warmUp)), perSecond: rate * 2 });
await prosa.loopDelay();
await reader.call('measure');
const cpuBefore = cpuMs(prosa.pid);
await reader.call('open', { calls: interleaved(asked.slice(warmUp, all)), perSecond: rate * 2 });
await sleep(500);
const cores = (cpuMs(prosa.pid) - cpuBefore) / (seconds * 1000);
const loop = await prosa.loopDelay();
const steady = await reader.call('report');
await reader.call('allEnded');

await reader.call('measure');
await reader.call('open', { calls: asked.slice(all), perSecond: 1e6 });
await reader.call('allEnded');
const atOnce = Array.from({ length: burst }, () => ({ ...direct, group: 'direct' }));
await reader.call('open', { calls: atOnce, perSecond: 1e6 });
await reader.call('allEnded');
const burstFigures = await reader.call('report');

interface Pair {
  readonly through: GroupFigures;
  readonly without: GroupFigures;
}

function pairOf(figures: Record<string, GroupFigures>): Pair {
  const { Prosa: through, direct: without } = figures;
  if (!through || !without) throw new Error('no token arrived');
  return { through, without };
}

function rows(what: string, which: 'firstLate' | 'first' | 'late', { through, without }: Pair) {
  const [a, b] = [through[which], without[which]];
  const p50 = a.p50 - b.p50;
  const p99 = a.p99 - b.p99;
  return [what, shown(a.p50), shown(b.p50), shown(p50), shown(a.p99), shown(b.p99), shown(p99)];
}

const pair = pairOf(steady);
const burstPair = pairOf(burstFigures);
const added = pair.through.firstLate.p50 - pair.without.firstLate.p50;
const added99 = pair.through.firstLate.p99 - pair.without.firstLate.p99;
printTable(
  `first token: ${String(rate)} runs/s for ${String(seconds)} s, each open ${String(OPEN_SECONDS)} s`,
  [
    'ms|p50 Prosa|direct|added|p99 Prosa|direct|added'.split('|'),
    rows("the provider's write → the person", 'firstLate', pair),
    rows('the same, of all tokens', 'late', pair),
    rows(`question → first token (provider: ${String(THINK_MS)})`, 'first', pair),
    rows(`burst of ${String(burst)}: write → person`, 'firstLate', burstPair),
    rows(`burst of ${String(burst)}: question → first token`, 'first', burstPair),
  ],
);
console.log(
  `  added p50: ${verdict(added, GOAL.p50)}; added p99: ${verdict(added99, GOAL.p99)};` +
    ` runs ${String(pair.through.streams)}, failed ${String(pair.through.failed + burstPair.through.failed)};` +
    ` Prosa ${shown(cores)} cores, loop delay p99 ${shown(loop.p99, 'ms')}, max ${shown(loop.max, 'ms')}`,
);
await prosa.stop();
remove();
fake.end();
reader.end();
