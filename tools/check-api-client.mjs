// Fails when the frontend's generated API client is not what backend/openapi.json gives.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const COMMITTED = 'frontend/src/app/api/generated';

const filesOf = (folder) =>
  new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => [file.slice(folder.length), readFileSync(file, 'utf8')]),
  );

const folder = mkdtempSync(join(tmpdir(), 'prosa-api-'));
const config = 'frontend/ng-openapi-gen.json';
execFileSync('npx', ['ng-openapi-gen', '--config', config, '--output', folder]);
const [made, committed] = [filesOf(folder), filesOf(COMMITTED)];
rmSync(folder, { recursive: true });

const names = new Set([...made.keys(), ...committed.keys()]);
const different = [...names].filter((name) => made.get(name) !== committed.get(name));
if (different.length > 0) {
  console.error(`Out of date, run "nx run frontend:api": ${different.join(', ')}`);
  process.exit(1);
}
