// Holds the ledger of the built server against what a provider sent: `npm run ledger-check -- --help`.
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { ENGINES, enginesHere, type FuzzEngine } from '../fuzz/databases.ts';
import type { Gap } from './compare.rules.ts';
import { type LedgerRun, runLedger } from './ledger-run.ts';

const HELP = `npm run ledger-check -- [options]
  --calls 1000     questions; with repetitions, fallbacks and titles there are more calls
  --kills 8        how often the server is killed with -9 in between
  --seed 1         the same seed asks the same (chosen and printed when absent)
  --engine mariadb one engine (those with TEST_MARIADB_URL, TEST_POSTGRES_URL when absent)`;

/** Of a kind of fault, so many are told one by one. */
const MOST_TOLD = 20;

const { values } = parseArgs({
  options: {
    help: { type: 'boolean', default: false },
    calls: { type: 'string', default: '1000' },
    kills: { type: 'string', default: '8' },
    seed: { type: 'string', default: String(randomInt(2 ** 31)) },
    engine: { type: 'string' },
  },
});

if (values.help) {
  console.log(HELP);
} else {
  const chosen = ENGINES.filter((engine) => engine === values.engine);
  const engines = values.engine === undefined ? enginesHere() : chosen;
  let faults = engines.length === 0 ? 1 : 0;
  for (const engine of engines) faults += await check(engine);
  process.exitCode = faults === 0 ? 0 : 1;
}

/** @returns how many faults there were. */
async function check(engine: FuzzEngine): Promise<number> {
  const begin = performance.now();
  const run = await runLedger({
    engine,
    calls: Number(values.calls),
    kills: Number(values.kills),
    seed: Number(values.seed),
  });
  const seconds = Math.round((performance.now() - begin) / 1000);
  console.log(
    `${engine}: ${values.calls} questions, ${values.kills} kills, seed ${values.seed}, ${String(seconds)} s\n` +
      table(run),
  );
  return run.wrong.length + run.missing.length + run.doubled.length;
}

function table(run: LedgerRun): string {
  const lines: [string, string | number][] = [
    ['calls the provider remembers', `${String(run.upstream)}, ${String(run.titles)} for titles`],
    ['rows of the ledger', run.rows],
    ['equal to the token', run.equal],
    ['estimated, between stored and sent', run.estimated],
    ['  of these cut off before they arrived', run.unheard],
    ['wrong', run.wrong.length],
    ['missing', run.missing.length],
    ['doubled', run.doubled.length],
    ['largest gap of an estimated answer', told(run.answerGap)],
    ['largest gap of an estimated prompt', told(run.promptGap)],
  ];
  const faults = [run.wrong, run.missing, run.doubled].flatMap((of) => of.slice(0, MOST_TOLD));
  return [
    ...lines.map(([what, figure]) => `  ${what.padEnd(40)} ${String(figure)}`),
    ...faults.map((fault) => `  FAULT ${fault}`),
  ].join('\n');
}

function told(gap: Gap | undefined): string {
  if (!gap) return 'none';
  const { row, ledger, upstream } = gap;
  const tokens = `${String(Math.abs(ledger - upstream))} tokens`;
  return `${tokens}: ${String(ledger)} where ${String(upstream)} (${row.model}, ${String(row.outcome)})`;
}
