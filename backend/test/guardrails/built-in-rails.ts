import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import {
  type CompiledRails,
  compileRails,
  RAIL_FILES,
} from '../../src/guardrails/rails/rail-files.js';

const FOLDER = join(import.meta.dirname, '../../rails');

/** The parsed files of the rails that come with Prosa, some of them as a test wants them. */
export function builtInFiles(instead: Readonly<Record<string, unknown>> = {}) {
  return Object.fromEntries(
    RAIL_FILES.map(({ path, schema }) => [
      path,
      schema.parse(instead[path] ?? parse(readFileSync(join(FOLDER, path), 'utf8'))),
    ]),
  );
}

/** The rails that come with Prosa. */
export const builtInRails = (): CompiledRails => compileRails(builtInFiles());
