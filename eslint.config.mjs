import js from '@eslint/js';
import angular from 'angular-eslint';
import prettier from 'eslint-config-prettier';
import { defineConfig, globalIgnores } from 'eslint/config';
import ts from 'typescript-eslint';

const LONGEST_FILE = 300;
const LONGEST_FUNCTION = 50;

const tests = ['**/*.spec.ts', '**/*.integration-spec.ts', '**/*.e2e-spec.ts', '**/*.e2e.ts'];

const THROUGH_THE_DOOR =
  'An address that a person, a model, a document or a page named goes through fetching/; one of the operator’s belongs to the files that eslint.config.mjs names.';

/** Ways out of this process; `node:net` and `node:http` also hold harmless parts. */
const waysOut = [
  ...[
    'node:https',
    'node:http2',
    'node:tls',
    'node:dgram',
    'node:dns',
    'node:dns/promises',
    'undici',
  ],
].map((name) => ({ name, allowTypeImports: true, message: THROUGH_THE_DOOR }));
const partlyWaysOut = [
  { name: 'node:http', importNames: ['default', 'get', 'request', 'Agent', 'ClientRequest'] },
  { name: 'node:net', importNames: ['default', 'connect', 'createConnection', 'Socket'] },
].map((path) => ({ ...path, allowTypeImports: true, message: THROUGH_THE_DOOR }));

export default defineConfig(
  globalIgnores([
    'dist',
    'coverage',
    '.nx',
    '.angular',
    'data',
    'frontend/src/app/api/generated',
    'frontend/test-results',
    'backend/test/grouped',
  ]),
  {
    files: ['**/*.mjs'],
    extends: [js.configs.recommended],
    rules: { 'no-unused-vars': ['error', { varsIgnorePattern: '^_' }] },
    languageOptions: {
      globals: {
        console: 'readonly',
        fetch: 'readonly',
        performance: 'readonly',
        process: 'readonly',
        setTimeout: 'readonly',
        URL: 'readonly',
      },
    },
  },
  {
    files: ['**/*.ts'],
    extends: [
      js.configs.recommended,
      ts.configs.recommendedTypeChecked,
      ts.configs.stylisticTypeChecked,
    ],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/prefer-promise-reject-errors': ['error', { allowThrowingUnknown: true }],
      '@typescript-eslint/dot-notation': ['error', { allowIndexSignaturePropertyAccess: true }],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { attributes: false } },
      ],
      // Classes without members are Nest's modules.
      '@typescript-eslint/no-extraneous-class': 'off',
      'max-lines': ['error', LONGEST_FILE],
      'max-lines-per-function': ['error', { max: LONGEST_FUNCTION, skipComments: true }],
    },
  },
  {
    files: ['backend/src/**/*.ts', 'db/src/**/*.ts'],
    ignores: ['backend/src/config/process-env.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        {
          object: 'process',
          property: 'env',
          message: 'Read settings from the checked environment (config/).',
        },
      ],
    },
  },
  {
    // Addresses that the operator set are opened in these files, and in no other.
    files: ['backend/src/**/*.ts'],
    ignores: [
      ...tests,
      'backend/src/fetching/guarded-fetch.ts',
      'backend/src/web-search/providers/provider-call.ts',
      'backend/src/llm/providers/{http-fetch,openai-server}.ts',
      'backend/src/model-files/hub-client.ts',
      'backend/src/tracing/{wire,model-runs}.ts',
      // Takes them away from the process that reads documents.
      'backend/src/ingest/parsing/no-network.ts',
    ],
    rules: {
      'no-restricted-globals': [
        'error',
        ...['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest'].map((name) => ({
          name,
          message: THROUGH_THE_DOOR,
        })),
      ],
      '@typescript-eslint/no-restricted-imports': [
        'error',
        { paths: [...waysOut, ...partlyWaysOut] },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector:
            'ImportExpression[source.value=/^(node:(https?|http2|net|tls|dgram|dns)|undici)/]',
          message: THROUGH_THE_DOOR,
        },
        {
          selector: "MemberExpression[object.name='globalThis'][property.name='fetch']",
          message: THROUGH_THE_DOOR,
        },
      ],
    },
  },
  {
    files: ['frontend/**/*.ts'],
    extends: [angular.configs.tsRecommended],
    processor: angular.processInlineTemplates,
    rules: {
      // OnPush is what Angular 22 does without being told.
      '@angular-eslint/prefer-on-push-component-change-detection': 'off',
    },
  },
  {
    files: ['**/*.html', '**/*.ts/*.html'],
    extends: [angular.configs.templateRecommended, angular.configs.templateAccessibility],
  },
  {
    // A table's columns are a list, however long.
    files: ['db/src/migrations/*.ts'],
    rules: { 'max-lines-per-function': 'off' },
  },
  {
    files: tests,
    rules: { 'max-lines-per-function': 'off' },
  },
  prettier,
);
