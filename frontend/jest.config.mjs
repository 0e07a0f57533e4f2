import { createRequire } from 'node:module';

const { createCjsPreset } = createRequire(import.meta.url)('jest-preset-angular/presets/index.js');

/** @type {import('jest').Config} */
export default {
  ...createCjsPreset({ tsconfig: '<rootDir>/tsconfig.spec.json' }),
  displayName: 'frontend',
  testEnvironment: '<rootDir>/jest.environment.mjs',
  setupFilesAfterEnv: ['<rootDir>/jest.setup.ts'],
  testMatch: ['<rootDir>/src/**/*.spec.ts'],
  // These packages ship ES modules only.
  transformIgnorePatterns: [
    'node_modules/(?!(.*\\.mjs$|marked/|eventsource-parser/|@jsverse/|highlight\\.js/es/|@angular/common/locales/.*\\.js$))',
  ],
};
