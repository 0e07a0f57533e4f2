import { readFileSync } from 'node:fs';

const { sourceMaps: _, ...swc } = JSON.parse(
  readFileSync(new URL('../backend/.swcrc', import.meta.url), 'utf8'),
);

/**
 * Jest settings of the projects that run in Node (`backend`, `db`): ES modules through swc.
 * @param {string} displayName
 * @param {string} rootDir
 * @returns {import('jest').Config}
 */
export const nodeProject = (displayName, rootDir) => ({
  displayName,
  rootDir,
  testEnvironment: 'node',
  testMatch: [
    '<rootDir>/src/**/*.spec.ts',
    '<rootDir>/src/**/*.integration-spec.ts',
    '<rootDir>/test/**/*.e2e-spec.ts',
  ],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: {
    '^#db$': '<rootDir>/../db/src/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  transform: { '^.+\\.ts$': ['@swc/jest', { ...swc, swcrc: false, sourceMaps: 'inline' }] },
  testSequencer: '<rootDir>/../tools/slow-first.mjs',
  setupFiles: ['<rootDir>/../tools/jest.node.setup.mjs'],
  // Half of a suite's time is waiting for servers.
  maxWorkers: 3,
  // jest never gives a file's modules back: a worker would grow to 3 GB.
  workerIdleMemoryLimit: '1.5GB',
  // Servers start in hooks, on machines that do other things as well.
  testTimeout: 60_000,
});
