// Runs every check of `npm run check`, two at a time: linting takes as long as all the others and
// keeps one core busy. Says what each said once it has ended; fails when one of them does.
import { spawn } from 'node:child_process';

/** Names of scripts in package.json; those of a lane run one after another. */
const LANES = [
  [['lint']],
  [['format:check'], ['typecheck'], ['fences'], ['docs:configuration', '--', '--check']],
];

/** @returns whether it passed. */
function check(args) {
  const child = spawn('npm', ['run', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  });
  let said = '';
  for (const output of [child.stdout, child.stderr]) {
    output.setEncoding('utf8').on('data', (part) => (said += part));
  }
  return new Promise((resolve) => {
    child.once('error', (error) => (said += String(error)));
    child.once('close', (code) => {
      process.stdout.write(said);
      if (code !== 0) console.log(`\n${args[0]} failed`);
      resolve(code === 0);
    });
  });
}

async function checkAll(lane) {
  const failed = [];
  for (const args of lane) {
    if (!(await check(args))) failed.push(args[0]);
  }
  return failed;
}

const failed = (await Promise.all(LANES.map(checkAll))).flat();
if (failed.length > 0) console.log(`\nFailed: ${failed.join(', ')}`);
process.exitCode = failed.length === 0 ? 0 : 1;
