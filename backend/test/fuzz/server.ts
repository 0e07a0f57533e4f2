import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MAIN = join(import.meta.dirname, '../../../dist/backend/src/main.js');
const START_LIMIT_MS = 30_000;

export const METRICS_TOKEN = 'fuzz-reads-the-figures';
export const SERVICE_TOKEN = 'fuzz-asks-like-a-program-of-its-own';

/** The built server in a process of its own. */
export interface FuzzedServer {
  readonly port: number;
  /** Log lines that tell of a failure, as they came. */
  readonly complaints: readonly string[];
  /** How the process ended; undefined while it runs. */
  readonly ended: () => string | undefined;
  /** Memory of the process, in bytes. */
  residentBytes(): Promise<number>;
  stop(): Promise<void>;
}

/** pino's numbers of `error` and `fatal`, and what Node says when nobody caught an error. */
const COMPLAINT = /"level":(50|60)|unhandled|Uncaught|^\s+at |Warning: |heap/i;

/**
 * Starts it with limits that a fuzzer does not run into.
 * @param databaseUrl absent: the embedded database.
 * @throws {Error} with what it printed, when it does not start.
 */
export async function startFuzzedServer(databaseUrl?: string): Promise<FuzzedServer> {
  if (!existsSync(MAIN)) {
    throw new Error('the server is not built: npm run build');
  }
  const folder = mkdtempSync(join(tmpdir(), 'prosa-fuzz-'));
  // Garbage is collected often, so that growth is what is kept.
  const child = spawn(process.execPath, ['--max-semi-space-size=4', MAIN], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      PORT: '0',
      DATA_DIR: folder,
      LLM_MODELS: 'quotes',
      HF_ENDPOINT: 'http://127.0.0.1:9',
      WEB_SEARCH: 'off',
      LOG_FORMAT: 'json',
      LOG_LEVEL: 'warn',
      ASKS_PER_MINUTE: '100000',
      RUNS_PER_PERSON: '1000',
      OPEN_CHAT: 'true',
      TRUST_PROXY: 'loopback',
      METRICS_TOKEN,
      SERVICE_TOKEN,
      ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
    },
  });
  const exited = new Promise<string>((resolve) =>
    child.once('exit', (code, signal) => {
      resolve(String(signal ?? code));
    }),
  );
  let ended: string | undefined;
  void exited.then((how) => (ended = how));
  const log = watched(child.stdout, child.stderr);
  const port = await Promise.race([
    log.port,
    exited.then((how) => Promise.reject(new Error(`the server ended with ${how}:\n${log.text()}`))),
  ]);
  return {
    port,
    complaints: log.complaints,
    ended: () => ended,
    residentBytes: () => residentBytes(port),
    async stop() {
      child.kill('SIGTERM');
      await exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Reads what the server prints: its address, then its complaints. */
function watched(...streams: readonly NodeJS.ReadableStream[]) {
  const complaints: string[] = [];
  const { promise: port, resolve, reject } = Promise.withResolvers<number>();
  let start = '';
  const timer = setTimeout(() => {
    reject(new Error(`the server did not start in time:\n${start}`));
  }, START_LIMIT_MS);
  const take = (line: string) => {
    if (start.length < 10_000) {
      start += `${line}\n`;
      const listening = /^Prosa: http:\/\/localhost:(\d+)/.exec(line)?.[1];
      if (listening !== undefined) {
        clearTimeout(timer);
        resolve(Number(listening));
      }
    }
    if (COMPLAINT.test(line)) {
      complaints.push(line.slice(0, 2000));
    }
  };
  for (const stream of streams) {
    let rest = '';
    stream.setEncoding('utf8');
    stream.on('data', (part: string) => {
      const lines = (rest + part).split('\n');
      rest = lines.pop() ?? '';
      lines.forEach(take);
    });
  }
  return { port, complaints, text: () => start };
}

async function residentBytes(port: number): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${String(port)}/metrics`, {
    headers: { authorization: `Bearer ${METRICS_TOKEN}` },
  });
  const [, bytes] = /^process_resident_memory_bytes (\S+)$/m.exec(await response.text()) ?? [];
  return Number(bytes);
}
