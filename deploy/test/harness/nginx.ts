import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { environmentOf, readDockerfile, stageNamed } from './dockerfile.ts';

const DEPLOY = join(import.meta.dirname, '../..');
const START_MS = 10_000;
/** What nginx may do with connections that are open when it is told to stop. */
export type Stop = 'SIGQUIT' | 'SIGTERM';

/** Where the files are that the frontend's image would hold. */
export interface FrontendFiles {
  readonly template: string;
  readonly web: string;
}

/** The files of this checkout, the app as it was built last. */
export const CHECKOUT: FrontendFiles = {
  template: join(DEPLOY, 'nginx.conf.template'),
  web: join(DEPLOY, '../dist/frontend/browser'),
};

/** A running nginx with the image's configuration. */
export interface Nginx {
  readonly url: string;
  /** Its access log and its error log, so far. */
  log(): string;
  signal(signal: NodeJS.Signals): void;
  /** @returns the exit code. */
  stop(how?: Stop): Promise<number | null>;
}

/** Runs Debian's nginx with the very template of the image. */
export async function startNginx(
  settings: Readonly<Record<string, string>>,
  files: FrontendFiles = CHECKOUT,
): Promise<Nginx> {
  const folder = mkdtempSync(join(tmpdir(), 'prosa-nginx-'));
  const run = join(folder, 'run');
  mkdirSync(run);
  chmodSync(folder, 0o755);
  const port = await freePort();
  const configuration = render(files, folder, {
    PROSA_PORT: `127.0.0.1:${String(port)}`,
    PROSA_RUN: run,
    PROSA_WEB: files.web,
    ...settings,
  });
  const output = join(folder, 'log');
  const log = openSync(output, 'a');
  // As root, nginx gives its workers another account, which must reach the app's files.
  const user = process.getuid?.() === 0 ? 'user root;' : '';
  const child = spawn('nginx', ['-e', 'stderr', '-c', configuration, '-g', `daemon off; ${user}`], {
    stdio: ['ignore', log, log],
  });
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  await untilListening(child, port, () => readFileSync(output, 'utf8'));
  return {
    url: `http://127.0.0.1:${String(port)}`,
    log: () => readFileSync(output, 'utf8'),
    signal: (signal) => void child.kill(signal),
    async stop(how = 'SIGTERM') {
      child.kill(how);
      const code = await exited;
      rmSync(folder, { recursive: true, force: true });
      return code;
    },
  };
}

/** Fills the template in as `20-envsubst-on-templates.sh` of nginx's image does. @returns the file. */
function render(
  { template }: FrontendFiles,
  folder: string,
  settings: Readonly<Record<string, string>>,
): string {
  const image = environmentOf(stageNamed(readDockerfile(join(DEPLOY, 'Dockerfile')), 'frontend'));
  const environment = { ...image, ...settings };
  const filter = new RegExp(image['NGINX_ENVSUBST_FILTER'] ?? '');
  const names = Object.keys(environment).filter((name) => filter.test(name));
  const configuration = join(folder, 'nginx.conf');
  execFileSync('envsubst', [names.map((name) => `\${${name}}`).join(' ')], {
    env: { PATH: process.env['PATH'], ...environment },
    stdio: [openSync(template, 'r'), openSync(configuration, 'w'), 'inherit'],
  });
  return configuration;
}

/** A port of the loopback interface that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => {
        resolve(typeof address === 'object' && address ? address.port : 0);
      });
    });
  });
}

async function untilListening(
  child: ChildProcess,
  port: number,
  output: () => string,
): Promise<void> {
  const limit = Date.now() + START_MS;
  while (child.exitCode === null && Date.now() < limit) {
    if (await accepts(port)) return;
    await wait(20);
  }
  child.kill('SIGKILL');
  throw new Error(`nginx did not start:\n${output()}`);
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      resolve(false);
    });
  });
}
