// What the private database servers of the tests have in common.
import { mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const START_LIMIT_MS = 30_000;

/** Linux keeps the files there in memory. */
const MEMORY = '/dev/shm';

/** What the databases of a run take at the most, several times over; a container may have 64 MB. */
const ROOM_BYTES = 3 * 2 ** 30;

/**
 * A new folder for the data of a server.
 * @param quick in memory where there is plenty of it: MariaDB waits for the disk at each table that
 * it makes, six seconds for all of Prosa's where others write, too, and one in memory.
 */
export function dataFolder(name, quick) {
  return mkdtempSync(join(quick && hasRoomInMemory() ? MEMORY : tmpdir(), `prosa-${name}-`));
}

function hasRoomInMemory() {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    // A folder to be sure that one may.
    rmSync(mkdtempSync(join(MEMORY, 'prosa-probe-')), { recursive: true });
    return bavail * bsize >= ROOM_BYTES && process.availableMemory() >= 2 * ROOM_BYTES;
  } catch {
    return false;
  }
}

/** A port of the loopback interface that nobody listens on. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/**
 * Waits until the server process is ready.
 * @param isReady asked every 50 ms.
 * @throws {Error} when the process ends, or is not ready in 30 s.
 */
export async function untilReady(name, server, isReady) {
  const limit = Date.now() + START_LIMIT_MS;
  while (Date.now() < limit) {
    if (server.exitCode !== null) {
      throw new Error(`${name} ended with ${server.exitCode}`);
    }
    if (await isReady()) {
      return;
    }
    await wait(50);
  }
  throw new Error(`${name} did not start in 30 s`);
}

/** Whether a server on the port greets whoever connects. */
export function answers(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('data', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

/** Ends a server process and waits for it. */
export async function stopped(server, signal) {
  if (server.exitCode !== null || server.signalCode !== null) {
    return;
  }
  const gone = new Promise((resolve) => server.once('exit', resolve));
  server.kill(signal);
  await gone;
}

/**
 * Runs a server as a program: prints its address and stops it on Ctrl-C or SIGTERM.
 * Options of the command line, `--name=value`, are handed to it.
 */
export async function serveAlone(start) {
  const options = Object.fromEntries(
    process.argv.slice(2).map((option) => option.replace(/^--/, '').split('=', 2)),
  );
  const server = await start(options);
  console.log(server.url);
  process.once('SIGINT', () => void server.stop());
  process.once('SIGTERM', () => void server.stop());
}
