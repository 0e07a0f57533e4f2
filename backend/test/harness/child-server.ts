import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

const DIST = join(import.meta.dirname, '../../../dist');
const MAIN = join(DIST, 'backend/src/main.js');

/** Hundreds of servers start in a run of the suite; compiling is a sixth of what a start costs. */
const COMPILED = join(DIST, 'compiled');

/** The built server as a process of its own, which a test can kill. */
export interface ChildServer {
  readonly url: string;
  readonly pid: number;
  /** What it printed until it listened. */
  readonly printed: string;
  /** How it ended; resolves when it has. */
  readonly exited: Promise<number | null>;
  /** Sends a signal that does not end it, like SIGSTOP and SIGCONT. */
  signal(signal: NodeJS.Signals): void;
  /** Sends a signal and waits for the end. @returns the exit code, and how long it took, in ms. */
  end(signal: NodeJS.Signals): Promise<{ code: number | null }>;
}

/** Longest a start may take on a busy machine, in milliseconds. */
const START_MS = 60_000;

/**
 * Starts the built server on a free port.
 * @param onSpawn is given the way to kill it before it listens.
 * @param onPrinted is given all that it prints, in pieces, to its end.
 * @throws with what it printed, when it does not start in time or ends.
 */
export async function startChildServer(
  settings: Readonly<Record<string, string>>,
  onSpawn: (kill: () => void) => void = () => undefined,
  onPrinted: (part: string) => void = () => undefined,
): Promise<ChildServer> {
  if (!existsSync(MAIN)) {
    throw new Error('the server is not built: npm run build');
  }
  const child = spawn(process.execPath, [MAIN], {
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      NODE_COMPILE_CACHE: COMPILED,
      PORT: '0',
      // No test asks the real web.
      WEB_SEARCH: 'off',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (part: Buffer) => {
      onPrinted(part.toString());
    });
  }
  onSpawn(() => void child.kill('SIGKILL'));
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const { url, printed } = await addressOf(child, exited);
  return {
    url,
    pid: child.pid ?? 0,
    printed,
    exited,
    signal: (signal) => void child.kill(signal),
    async end(signal) {
      child.kill(signal);
      return { code: await exited };
    },
  };
}

/** Waits for the line that tells the address. */
function addressOf(
  child: ChildProcessByStdio<null, Readable, Readable>,
  exited: Promise<number | null>,
): Promise<Pick<ChildServer, 'url' | 'printed'>> {
  let printed = '';
  return new Promise((resolve, reject) => {
    const fail = (why: string) => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      reject(new Error(`${why}:\n${printed}`));
    };
    const timer = setTimeout(() => {
      fail('the server did not start in time');
    }, START_MS);
    const take = (part: Buffer) => {
      printed += part.toString();
      const [, url] = /^Prosa: (http\S+)$/m.exec(printed) ?? [];
      if (url) {
        clearTimeout(timer);
        resolve({ url: url.replace('localhost', '127.0.0.1'), printed });
      }
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    void exited.then((code) => {
      fail(`the server ended with ${String(code)}`);
    });
  });
}
