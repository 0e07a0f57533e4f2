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

/** Every command to a file as it was sent, and a snapshot that can be read, once it ends. */
const LOG = [
  ...['--appendonly', 'yes', '--aof-use-rdb-preamble', 'no', '--rdbcompression', 'no'],
  ...['--save', '3600', '1'],
];

/**
 * Starts a server on a free port, loopback only; its `end` leaves its folder.
 * @param keeping whether all that was ever written stays to be read; else it is in memory only.
 */
export async function startRedis({ keeping = false } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'prosa-redis-'));
  const port = await freePort();
  const server = spawn(
    'redis-server',
    [
      ...['--port', String(port), '--bind', '127.0.0.1', '--dir', folder],
      ...(keeping ? LOG : ['--save', '']),
    ],
    { stdio: 'ignore' },
  );
  await untilReady('redis-server', server, () => accepts(port));
  return {
    url: `redis://127.0.0.1:${port}`,
    folder,
    end: () => stopped(server, 'SIGTERM'),
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
