import { readdirSync, readFileSync } from 'node:fs';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type TinyLlama, tinyGguf } from '../fakes/tiny-gguf.js';
import { type TinyT5, writeTinyT5 } from '../fakes/tiny-t5.js';
import { aFirstAdministrator, type TestPerson } from '../harness/api-client.js';
import { startTestApp, type TestApp } from '../harness/test-app.js';

/** A data folder with models in it. */
export class ModelShelf {
  readonly folder = mkdtempSync(join(tmpdir(), 'prosa-models-'));

  /** Puts a GGUF file below `models/`. @returns its whole path. */
  llama(name: string, wish?: TinyLlama): string {
    return this.file(name, tinyGguf(wish));
  }

  /** Puts a FLAN-T5 below `models/`. @returns its folder. */
  t5(name: string, wish?: TinyT5): string {
    const folder = join(this.folder, 'models', name);
    writeTinyT5(folder, wish);
    return folder;
  }

  /** Puts any file below `models/`. */
  file(name: string, content: Buffer | string): string {
    const path = join(this.folder, 'models', name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    return path;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The whole server with models of its own, and its administrator. */
export interface LocalApp extends TestApp {
  readonly admin: TestPerson;
}

/** @param settings `LLM_MODELS: ''` leaves Prosa to find models by itself. */
export async function startLocalApp(
  shelf: ModelShelf,
  settings: Record<string, string> = {},
  log?: string[],
): Promise<LocalApp> {
  const app = await startTestApp(
    'sqlite',
    {
      ...{ DATA_DIR: shelf.folder, OLLAMA_URL: 'http://127.0.0.1:9' },
      ...{ ASKS_PER_MINUTE: '1000', RUNS_PER_PERSON: '100', ...settings },
    },
    log,
  );
  return { ...app, admin: await aFirstAdministrator(app) };
}

/** Numbers of the processes that run models of this shelf. */
export function modelProcesses({ folder }: ModelShelf): number[] {
  const numbers = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return numbers.filter((number) => isModelProcess(number, folder)).map(Number);
}

function isModelProcess(number: string, folder: string): boolean {
  try {
    const command = readFileSync(`/proc/${number}/cmdline`, 'utf8');
    const status = readFileSync(`/proc/${number}/status`, 'utf8');
    const runsOne = command.includes('local-child') && command.includes(folder);
    return runsOne && !status.includes('\nState:\tZ');
  } catch {
    return false; // Ended in between.
  }
}
