// A private MariaDB server for tests, without systemd. Needs Debian's `mariadb-server`.
// As a program: starts one, prints its address, stops it on Ctrl-C. `--cert=file --key=file` turn
// TLS on; `--quick` is for tests that lose nothing with the machine.
import { execFileSync, spawn } from 'node:child_process';
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  answers,
  dataFolder,
  freePort,
  serveAlone,
  stopped,
  untilReady,
} from './private-server.mjs';

/** Nothing waits for the disk: what a server wrote survives its own end, not the machine's. */
const QUICK = [
  '--innodb-flush-method=nosync',
  '--innodb-flush-log-at-trx-commit=2',
  '--innodb-doublewrite=0',
];

/** Every change, as rows. */
const LOG = ['--log-bin=binlog', '--server-id=1', '--binlog-format=ROW'];

/** Whether this machine has the server's programs. */
export function hasMariadb() {
  try {
    execFileSync('mariadbd', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/**
 * Starts a server on a free port with an empty root password; loopback only.
 * Its `crash` kills it with -9 and starts it again where it was; its `end` leaves its folder.
 * @param quick whether a commit need not survive a power cut; then the data is in memory, if it can.
 * @param keeping whether all that was ever written stays to be read: the binary log is on.
 */
export async function startMariadb({ cert, key, quick = false, keeping = false } = {}) {
  const folder = dataFolder('mariadb', quick);
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
  const tls = [];
  if (cert !== undefined) {
    for (const [setting, file] of Object.entries({ 'ssl-cert': cert, 'ssl-key': key })) {
      const copy = join(folder, setting);
      copyFileSync(file, copy);
      if (account.length > 0) {
        execFileSync('chown', ['mysql', copy]);
      }
      tls.push(`--${setting}=${copy}`);
    }
  }
  const port = await freePort();
  const places = [
    `--socket=${join(folder, 's.sock')}`,
    `--pid-file=${join(folder, 'pid')}`,
    `--port=${port}`,
  ];
  const start = async () => {
    const own = ['--bind-address=127.0.0.1', '--character-set-server=utf8mb4', ...tls];
    const all = [...options, ...places, ...own, ...(quick ? QUICK : []), ...(keeping ? LOG : [])];
    const started = spawn('mariadbd', all, { stdio: 'ignore' });
    await untilReady('mariadbd', started, () => answers(port));
    return started;
  };
  let server = await start();
  return {
    url: `mariadb://root@127.0.0.1:${port}`,
    folder,
    async crash() {
      await stopped(server, 'SIGKILL');
      server = await start();
    },
    end: () => stopped(server, 'SIGTERM'),
    async stop() {
      await stopped(server, 'SIGTERM');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

if (import.meta.main) {
  await serveAlone(startMariadb);
}
