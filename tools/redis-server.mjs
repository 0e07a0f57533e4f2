// A private Redis server for tests, without systemd. Needs Debian's `redis-server`.
// As a program: starts one, prints its address, stops it on Ctrl-C.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, serveAlone, stopped, untilReady } from './private-server.mjs';

/** Whether this machine has the server's program. */
export function hasRedis() {
  try {
    execFileSync('redis-server', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Starts a server on a free port that keeps everything in memory; loopback only. */
export async function startRedis() {
  const folder = mkdtempSync(join(tmpdir(), 'prosa-redis-'));
  const port = await freePort();
  const server = spawn(
    'redis-server',
    ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder],
    { stdio: 'ignore' },
  );
  await untilReady('redis-server', server, () => accepts(port));
  return {
    url: `redis://127.0.0.1:${port}`,
    async stop() {
      await stopped(server, 'SIGTERM');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Redis greets nobody: it answers who speaks first. */
function accepts(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

if (import.meta.main) {
  await serveAlone(startRedis);
}
