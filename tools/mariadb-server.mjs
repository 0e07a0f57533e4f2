// A private MariaDB server for tests, without systemd. Needs Debian's `mariadb-server`.
// As a program: starts one, prints its address, stops it on Ctrl-C.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const START_LIMIT_MS = 30_000;

/** Whether this machine has the server's programs. */
export function hasMariadb() {
  try {
    execFileSync('mariadbd', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Starts a server on a free port with an empty root password; loopback only. */
export async function startMariadb() {
  const folder = mkdtempSync(join(tmpdir(), 'prosa-mariadb-'));
  const account = process.getuid?.() === 0 ? ['--user=mysql'] : [];
  if (account.length > 0) {
    execFileSync('chown', ['mysql', folder]);
  }
  const options = ['--no-defaults', ...account, `--datadir=${folder}`];
  execFileSync(
    'mariadb-install-db',
    [...options, '--auth-root-authentication-method=normal', '--skip-test-db'],
    { stdio: 'ignore' },
  );
  const port = await freePort();
  const server = spawn(
    'mariadbd',
    [
      ...options,
      `--socket=${join(folder, 's.sock')}`,
      `--pid-file=${join(folder, 'pid')}`,
      `--port=${port}`,
      '--bind-address=127.0.0.1',
      '--character-set-server=utf8mb4',
    ],
    { stdio: 'ignore' },
  );
  await untilListening(port, server);
  return {
    url: `mariadb://root@127.0.0.1:${port}`,
    async stop() {
      const gone = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGTERM');
      await gone;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

async function untilListening(port, server) {
  const limit = Date.now() + START_LIMIT_MS;
  while (Date.now() < limit) {
    if (server.exitCode !== null) {
      throw new Error(`mariadbd ended with ${server.exitCode}`);
    }
    if (await answers(port)) {
      return;
    }
    await wait(50);
  }
  throw new Error('mariadbd did not start in 30 s');
}

function answers(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('data', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

if (import.meta.main) {
  const server = await startMariadb();
  console.log(server.url);
  process.once('SIGINT', () => void server.stop());
  process.once('SIGTERM', () => void server.stop());
}
