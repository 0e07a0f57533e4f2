// A private PostgreSQL server for tests, without systemd. Needs Debian's `postgresql`.
// As a program: starts one, prints its address, stops it on Ctrl-C. `--cert=file --key=file` turn
// TLS on; `--quick` is for tests that lose nothing with the machine.
import { execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { dataFolder, freePort, serveAlone, stopped, untilReady } from './private-server.mjs';

/** Where Debian keeps the programs of each major version, none of them in PATH. */
const VERSIONS = '/usr/lib/postgresql';

const PASSWORD = 'for-tests';

/** Its "fast" stop: does not wait for connections to end. */
const FAST = 'SIGINT';

/** Nothing waits for the disk: what a server wrote survives its own end, not the machine's. */
const QUICK = ['-c', 'fsync=off', '-c', 'full_page_writes=off'];

/** The write-ahead log of a campaign, and what else it may take. */
const LOG = ['-c', 'wal_keep_size=4GB', '-c', 'wal_recycle=off'];

function programs() {
  const versions = existsSync(VERSIONS) ? readdirSync(VERSIONS) : [];
  const [newest] = versions.sort((a, b) => Number(b) - Number(a));
  const folder = newest === undefined ? undefined : join(VERSIONS, newest, 'bin');
  return folder !== undefined && existsSync(join(folder, 'initdb')) ? folder : undefined;
}

/** Whether this machine has the server's programs. */
export function hasPostgres() {
  return programs() !== undefined;
}

/** Who runs it: the server refuses to be root. */
function account() {
  if (process.getuid?.() !== 0) {
    return {};
  }
  const id = (what) => Number(execFileSync('id', [what, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

/**
 * Starts a server on a free port, loopback only. Its `crash` kills it with -9 and starts it again
 * where it was; its `end` leaves its folder.
 * @param quick whether a commit need not survive a power cut; then the data is in memory, if it can.
 * @param keeping whether all that was ever written stays to be read: no log of changes is removed.
 */
export async function startPostgres({ cert, key, quick = false, keeping = false } = {}) {
  const bin = programs();
  const user = account();
  const folder = dataFolder('postgres', quick);
  const own = (file, mode) => {
    chmodSync(file, mode);
    if (user.uid !== undefined) {
      chownSync(file, user.uid, user.gid);
    }
  };
  own(folder, 0o700);
  const password = join(folder, 'password');
  writeFileSync(password, PASSWORD);
  own(password, 0o600);
  const data = join(folder, 'data');
  execFileSync(
    join(bin, 'initdb'),
    [
      ...['-D', data, '-U', 'postgres', `--pwfile=${password}`, '-A', 'scram-sha-256'],
      ...['-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'],
    ],
    { ...user, cwd: folder, stdio: 'ignore' },
  );
  const tls = [];
  if (cert !== undefined) {
    for (const [setting, file] of Object.entries({ ssl_cert_file: cert, ssl_key_file: key })) {
      const copy = join(folder, setting);
      copyFileSync(file, copy);
      own(copy, 0o600);
      tls.push('-c', `${setting}=${copy}`);
    }
    tls.push('-c', 'ssl=on');
  }
  const port = await freePort();
  const settings = [
    ...['-D', data, '-p', String(port), '-k', folder, '-c', 'listen_addresses=127.0.0.1'],
    // Each suite has servers with pools of their own, and suites run side by side.
    ...['-c', 'max_connections=300', ...tls, ...(quick ? QUICK : [])],
    ...(keeping ? LOG : []),
  ];
  const start = async () => {
    const started = spawn(join(bin, 'postgres'), settings, {
      ...user,
      cwd: folder,
      stdio: 'ignore',
    });
    await untilReady('postgres', started, () => accepts(bin, port));
    return started;
  };
  let server = await start();
  return {
    url: `postgres://postgres:${PASSWORD}@127.0.0.1:${port}`,
    folder,
    async crash() {
      await stopped(server, 'SIGKILL');
      server = await start();
    },
    end: () => stopped(server, FAST),
    async stop() {
      await stopped(server, FAST);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Listening is not enough: until it has recovered, it refuses everybody. */
function accepts(bin, port) {
  try {
    execFileSync(join(bin, 'pg_isready'), ['-h', '127.0.0.1', '-p', String(port)], {
      stdio: 'ignore',
    });
    return true;
  } catch {
    return false;
  }
}

if (import.meta.main) {
  await serveAlone(startPostgres);
}
