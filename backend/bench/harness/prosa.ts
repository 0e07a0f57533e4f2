import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Spread } from './figures.ts';
import type { SettledMemory } from './settled-memory.mjs';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** A built file of the backend, typed as its source: `built<typeof import('…')>('db/src/…js')`. */
export const built = <T>(path: string): Promise<T> =>
  import(new URL(`../../../dist/${path}`, import.meta.url).href) as Promise<T>;

/** A new folder for data, and how to remove it. */
export function dataFolder(): { readonly folder: string; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'prosa-bench-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** The built server, in a process of its own. */
export interface Prosa {
  readonly url: string;
  readonly pid: number;
  /** From the start of the process to the first answer of `/health/ready`, in milliseconds. */
  readonly readyMs: number;
  /** How late the event loop was since the last question, in milliseconds. */
  loopDelay(): Promise<Spread>;
  /** Without garbage; collecting it holds the server up. */
  memory(): Promise<SettledMemory>;
  stop(): Promise<void>;
}

export interface ProsaOptions {
  readonly folder: string;
  readonly settings?: Readonly<Record<string, string>>;
  /** Options of Node, e.g. `--cpu-prof`. */
  readonly nodeOptions?: readonly string[];
}

/** Starts the built server on a free port and waits until it is ready. */
export async function startProsa({
  folder,
  settings,
  nodeOptions = [],
}: ProsaOptions): Promise<Prosa> {
  const startedAt = performance.now();
  const watch = fileURLToPath(new URL('watch-loop.mjs', import.meta.url));
  const child = spawn(
    process.execPath,
    [...nodeOptions, '--import', watch, join(ROOT, 'dist/backend/src/main.js')],
    {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
      env: {
        PATH: process.env['PATH'],
        PORT: '0',
        DATA_DIR: folder,
        LOG_LEVEL: 'warn',
        RUNS_PER_PERSON: '1000',
        ASKS_PER_MINUTE: '100000',
        OLLAMA_URL: 'http://127.0.0.1:9',
        ...settings,
      },
    },
  );
  const url = await addressOf(child);
  while (!(await isReady(url))) await new Promise((resolve) => setTimeout(resolve, 5));
  return {
    url,
    pid: child.pid ?? 0,
    readyMs: performance.now() - startedAt,
    async loopDelay() {
      child.send('loop-delay');
      const [spread] = (await once(child, 'message')) as [Spread];
      return spread;
    },
    async memory() {
      child.send('memory');
      const [memory] = (await once(child, 'message')) as [SettledMemory];
      return memory;
    },
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout?.setEncoding('utf8').on('data', (part: string) => {
      text += part;
      const port = /^Prosa: http:\/\/localhost:(\d+)/m.exec(text)?.[1];
      if (port !== undefined) resolve(`http://127.0.0.1:${port}`);
    });
    child.once('exit', (code) => {
      reject(new Error(`Prosa did not start (${String(code)}): ${text}`));
    });
  });
}

const isReady = (url: string): Promise<boolean> =>
  fetch(`${url}/health/ready`).then(
    ({ ok }) => ok,
    () => false,
  );
