import {
  DatabaseUnfitError,
  type DatabaseTarget,
  databaseTarget,
  FolderInUseError,
  lockFolder,
  isDatabaseAway,
  openDatabase,
} from '#db';
import { Drain } from './answering/drain.js';
import { createApp } from './app.js';
import { Setup } from './auth/setup/setup.js';
import { EnvError, loadEnv } from './config/load-env.js';
import type { Env } from './config/env.schema.js';
import { processEnv } from './config/process-env.js';
import { MetricsServer } from './platform/metrics-server.js';
import { workshopRules } from './workshop-rules.js';

/** What a stop may take beyond the time for answers under way before the process ends anyway. */
const STOP_LIMIT_MS = 5000;

/** A problem the operator can solve, told in words. */
class StartError extends Error {
  override readonly name = 'StartError';
}

/** Errors whose message says all that the operator needs. */
const KNOWN = [EnvError, StartError, DatabaseUnfitError];

/** Starts the server and prints its address. Ends the process with 1 when it cannot start. */
export async function serve(): Promise<void> {
  for (const output of [process.stdout, process.stderr]) {
    output.on('error', () => undefined); // A full disk, or a reader that has gone, is no reason to end.
  }
  try {
    await start(loadEnv(processEnv()));
  } catch (error) {
    console.error(inWords(error));
    process.exit(1);
  }
}

/** What the operator should read: the stack only of what nobody foresaw. */
function inWords(error: unknown): unknown {
  if (isDatabaseAway(error)) {
    return `The database stopped answering while Prosa started (DATABASE_URL): ${reasonOf(error)}\nStart Prosa again.`;
  }
  return KNOWN.some((kind) => error instanceof kind) ? reasonOf(error) : error;
}

async function start(env: Env): Promise<void> {
  const target = readSettings(env);
  const unlock = target.engine === 'sqlite' ? takeFolder(target.folder) : undefined;
  const say = (line: string) => {
    console.log(line);
  };
  const dataSource = await openDatabase(target, say, workshopRules);
  const app = await createApp(env, dataSource);
  await listen(app, env);
  console.log(`Prosa: ${publicAddress(env, await app.getUrl())}`);
  const setupCode = await app.get(Setup).codeToPrint();
  if (setupCode !== undefined) {
    console.log(`Setup code: ${setupCode} (asked for from another machine)`);
  }

  let stopping = false;
  const stop = () => {
    if (stopping) {
      process.exit(130); // The second Ctrl-C: the person does not want to wait.
    }
    stopping = true;
    const drainMs = env.DRAIN_SECONDS * 1000;
    setTimeout(() => process.exit(1), drainMs + STOP_LIMIT_MS).unref();
    void app
      .get(Drain)
      .drain(drainMs)
      .then(() => app.close())
      .then(() => {
        unlock?.();
        process.exit(0);
      });
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

/** Reads what the schema leaves to others. @throws {StartError} naming the setting that is wrong. */
function readSettings(env: Env): DatabaseTarget {
  try {
    return databaseTarget(env.DATABASE_URL, env.DATA_DIR, {
      poolSize: env.DATABASE_POOL_SIZE,
      waitSeconds: env.DATABASE_WAIT_SECONDS,
    });
  } catch (error) {
    throw new StartError(reasonOf(error));
  }
}

/** An error in words. */
function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function listen(app: Awaited<ReturnType<typeof createApp>>, env: Env): Promise<void> {
  let setting: 'PORT' | 'METRICS_PORT' = 'METRICS_PORT';
  try {
    await app.get(MetricsServer).listen();
    setting = 'PORT';
    await app.listen(env.PORT, env.HOST);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const port = env[setting] ?? 0;
    await app.close();
    if (code === 'EADDRINUSE') {
      throw new StartError(
        `Port ${String(port)} is taken. Choose another: ${setting}=${String(port + 1)} npm start`,
      );
    }
    if (code === 'EACCES' || code === 'EADDRNOTAVAIL') {
      throw new StartError(
        `Cannot listen on ${env.HOST}:${String(port)} (HOST, ${setting}): ${code}`,
      );
    }
    throw error;
  }
}

function takeFolder(folder: string): () => void {
  try {
    return lockFolder(folder);
  } catch (error) {
    if (error instanceof FolderInUseError) {
      throw new StartError(
        `The data folder ${folder} is in use by ${error.holder || 'another process'}.\n` +
          'Stop it first, or give this one a folder of its own: DATA_DIR=other npm start',
      );
    }
    throw new StartError(
      `The data folder ${folder} cannot be used (DATA_DIR, DATABASE_URL): ${reasonOf(error)}\n` +
        'Prosa must be able to make it and to write in it.',
    );
  }
}

function publicAddress(env: Env, listening: string): string {
  return (
    env.PUBLIC_URL ?? listening.replace('127.0.0.1', 'localhost').replace('0.0.0.0', 'localhost')
  );
}
