// Runs one project's jest under Node's ES module support: `node tools/jest.mjs backend [jest options]`.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const [project, ...options] = process.argv.slice(2);
const require = createRequire(import.meta.url);
const jest = join(dirname(require.resolve('jest/package.json')), 'bin/jest.js');
const { status } = spawnSync(
  process.execPath,
  [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    jest,
    '--config',
    `${project}/jest.config.mjs`,
    ...options,
  ],
  { stdio: 'inherit' },
);
process.exit(status ?? 1);
