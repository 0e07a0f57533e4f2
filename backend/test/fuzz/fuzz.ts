// Sends hostile requests to every route of the built server: `npm run fuzz -- --help`.
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import type { Finding, Limits } from './campaign.js';
import { ENGINES, enginesHere, type FuzzEngine } from './databases.js';
import { type EngineRun, runOnEngine } from './engine-run.js';

const HELP = `npm run fuzz -- [options]
  --seconds 60     how long, all engines together
  --seed 1         the same seed makes the same requests (chosen and printed when absent)
  --only 1204      sends one request of the seed, by its number
  --engine mariadb one engine (those with TEST_MARIADB_URL, TEST_POSTGRES_URL when absent)`;

/** Of the time, each server engine's part: engines differ only in what they store and compare. */
const PART_OF_A_SERVER = 0.25;

/** How much of a request that found something is shown, in bytes. */
const SHOWN_BYTES = 1500;

const { values } = parseArgs({
  options: {
    help: { type: 'boolean', default: false },
    seconds: { type: 'string', default: '60' },
    seed: { type: 'string', default: String(randomInt(2 ** 31)) },
    only: { type: 'string' },
    engine: { type: 'string' },
  },
});

if (values.help) {
  console.log(HELP);
} else {
  process.exitCode = (await fuzzAll()) === 0 ? 0 : 1;
}

async function fuzzAll(): Promise<number> {
  const chosen = ENGINES.filter((engine) => engine === values.engine);
  const engines = values.engine === undefined ? enginesHere() : chosen;
  let faults = engines.length === 0 ? 1 : 0;
  for (const engine of engines) {
    faults += await fuzzOn(engine, limitsOf(engine, engines.length));
  }
  console.log(`fuzz: ${String(faults)} faults, seed ${values.seed}`);
  return faults;
}

function limitsOf(engine: FuzzEngine, engines: number): Limits {
  const rest = 1 - PART_OF_A_SERVER * (engines - 1);
  const part = engine === 'sqlite' || engines === 1 ? rest : PART_OF_A_SERVER;
  return {
    seed: Number(values.seed),
    seconds: Number(values.seconds) * part,
    from: Number(values.only ?? 0),
    requests: values.only === undefined ? Infinity : 1,
  };
}

/** @returns how many faults there were. */
async function fuzzOn(engine: FuzzEngine, limits: Limits): Promise<number> {
  try {
    const run = await runOnEngine(engine, limits);
    report(engine, limits, run);
    return run.findings.length + run.troubles.length;
  } catch (error) {
    console.log(`${engine}: ${String(error)}\n  seed ${String(limits.seed)}`);
    return 1;
  }
}

function report(engine: FuzzEngine, { seed, seconds }: Limits, run: EngineRun): void {
  const statuses = Object.entries(run.statuses).map(
    ([status, times]) => `${status} ×${String(times)}`,
  );
  const memory = [run.restingBytes, run.grownBytes].map((bytes) =>
    String(Math.round(bytes / 2 ** 20)),
  );
  console.log(
    [
      `${engine}: ${String(run.requests)} requests to ${String(run.operations)} routes in ${String(Math.round(seconds))} s, seed ${String(seed)}`,
      `  statuses: ${statuses.join(', ')}`,
      `  slowest answer ${String(Math.round(run.slowestMs))} ms; memory ${memory.join(' + ')} MiB`,
      ...run.findings.map((finding) => described(finding, seed, engine)),
      ...run.troubles.map((trouble) => `  FAULT ${trouble}`),
    ].join('\n'),
  );
}

function described(finding: Finding, seed: number, engine: FuzzEngine): string {
  const { operation, fault, times, number, mutations, request } = finding;
  const shown = JSON.stringify(request.subarray(0, SHOWN_BYTES).toString('latin1'));
  const more =
    request.length > SHOWN_BYTES ? ` and ${String(request.length - SHOWN_BYTES)} bytes` : '';
  return [
    `  FAULT ${operation}: ${fault} (×${String(times)})`,
    `    npm run fuzz -- --engine ${engine} --seed ${String(seed)} --only ${String(number)}`,
    `    spoilt: ${mutations.join(', ') || 'nothing'}`,
    `    ${shown.replace(/(Bearer [\w-]+\.)[\w.-]+/, '$1…')}${more}`,
  ].join('\n');
}
