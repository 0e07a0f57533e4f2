// Checks a folder of guardrails, and compares it with those in force: `npm run guardrails -- check <folder> |
// compare <folder> <prompts.jsonl>`. Builds the backend first where it has changed, and says so only if that fails.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
const built = spawnSync('npx', ['nx', 'build', 'backend', '--outputStyle=static'], {
  cwd: ROOT,
  encoding: 'utf8',
  shell: process.platform === 'win32',
});
if (built.status === 0) {
  await import('../dist/backend/src/guardrails/command/main.js');
} else {
  console.error(built.stdout, built.stderr);
  process.exitCode = 1;
}
