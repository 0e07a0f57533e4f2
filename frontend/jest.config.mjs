import { createRequire } from 'node:module';

const { createEsmPreset } = createRequire(import.meta.url)('jest-preset-angular/presets/index.js');

/** @type {import('jest').Config} */
export default {
  ...createEsmPreset({ tsconfig: '<rootDir>/tsconfig.spec.json' }),
  displayName: 'frontend',
  testEnvironment: '<rootDir>/jest.environment.mjs',
  setupFilesAfterEnv: ['<rootDir>/jest.setup.ts'],
  testMatch: ['<rootDir>/src/**/*.spec.ts'],
};
