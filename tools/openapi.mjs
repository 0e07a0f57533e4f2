// Writes backend/openapi.json from the routes of the built backend; with --check only compares.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const OUTPUT = new URL('../backend/openapi.json', import.meta.url);
const BUILT = '../dist/backend/src';

const { openDatabase, databaseTarget } = await import('#db');
const { createApp } = await import(`${BUILT}/app.js`);
const { loadEnv } = await import(`${BUILT}/config/load-env.js`);
const { apiDocument } = await import(`${BUILT}/platform/api-docs.js`);

const folder = mkdtempSync(join(tmpdir(), 'prosa-openapi-'));
const env = loadEnv({ DATA_DIR: folder, LOG_LEVEL: 'silent', LLM_MODELS: 'quotes' });
const app = await createApp(env, await openDatabase(databaseTarget(undefined, folder)));
const document = `${JSON.stringify(apiDocument(app), null, 2)}\n`;
await app.close();
rmSync(folder, { recursive: true });

if (!process.argv.includes('--check')) {
  writeFileSync(OUTPUT, document);
} else if (readFileSync(OUTPUT, 'utf8') !== document) {
  console.error('backend/openapi.json is out of date: npm run openapi');
  process.exit(1);
}
