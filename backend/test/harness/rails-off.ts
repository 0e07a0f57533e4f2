import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Settings of a server whose guardrails let everything pass, for tests of what comes after them. */
export function railsOff(): Record<string, string> {
  const folder = mkdtempSync(join(tmpdir(), 'prosa-rails-off-'));
  writeFileSync(join(folder, 'config.yml'), 'version: 1\nrails: {}\n');
  return { GUARDRAILS_DIR: folder };
}
