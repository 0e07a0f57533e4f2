import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Engine } from '../src/index.js';

/** A database server of a suite's own. */
export interface OwnServer {
  /** `mariadb://root@127.0.0.1:40001` */
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts one with `tools/…-server.mjs` and the given options, e.g. `--cert=file`. */
export async function startOwnServer(
  engine: Exclude<Engine, 'sqlite'>,
  ...options: string[]
): Promise<OwnServer> {
  const program = join(import.meta.dirname, `../../tools/${engine}-server.mjs`);
  const child = spawn(process.execPath, [program, ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const [line] = (await Promise.race([once(child.stdout, 'data'), ended])) as [unknown];
  if (!Buffer.isBuffer(line)) {
    throw new Error(`${program} ended with ${String(line)}`);
  }
  return {
    url: line.toString().trim(),
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
