// How well the local rails of a policy tell attacks, personal data and secrets, on labelled texts
// that are kept elsewhere: `npm run guardrails:eval -- <folder> [--policy <folder>]`. Without
// `--policy` it judges by the rails that come with Prosa. Without a folder it tells the format.
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { compilePolicy, type Rules } from '../policy/files/compile-policy.js';
import { BUILT_IN_FOLDER, readPolicyFolder } from '../policy/files/policy-folder.js';
import { toldIn } from '../policy/files/problem.js';
import { FORMAT, labelledSets } from './labelled-set.js';
import { measure, type Measured } from './measure.js';
import { shareWords } from './wilson.rules.js';

/** The exit code of a command that was called wrongly. */
const USAGE_ERROR = 2;

const inEnglish = toldIn('en');

/** @throws with every problem of the folder's files, by file and line. */
async function policyIn(folder: string): Promise<Rules> {
  const { files, problems } = await readPolicyFolder(folder);
  const compiled = await compilePolicy(files);
  const all = [...problems, ...compiled.problems].map((problem) => inEnglish(problem));
  if (compiled.rules && all.length === 0) return compiled.rules;
  throw new Error(all.map((one) => `${one.file}:${String(one.line)}: ${one.message}`).join('\n'));
}

const line = ({ class: kind, recall, falsePositives }: Measured): string =>
  `  ${(kind || 'all').padEnd(28)} recall ${shareWords(recall).padEnd(38)} false positives ${shareWords(falsePositives)}`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { policy: { type: 'string' } },
  });
  const [folder] = positionals;
  if (folder === undefined)
    throw new Error('Usage: npm run guardrails:eval -- <folder> [--policy <folder>]');
  const policy = await policyIn(resolve(values.policy ?? BUILT_IN_FOLDER));
  for (const set of labelledSets(resolve(folder))) {
    const { rows, msPerKb } = measure(policy, set);
    console.log(`${set.name}: ${String(set.rows.length)} texts, ${msPerKb.toFixed(3)} ms per KB`);
    for (const row of rows) console.log(line(row));
  }
  console.log(
    '\nShares with Wilson intervals of 95 %. Recall: attacks that are blocked or answered, spans of which half or more is masked.',
  );
}

try {
  await main();
} catch (error) {
  console.error(`${error instanceof Error ? error.message : String(error)}\n\n${FORMAT}`);
  process.exitCode = USAGE_ERROR;
}
