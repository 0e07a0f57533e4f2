import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
const START_MS = 60_000;

/** A built Prosa with its own data, and a model server that says what it is told. */
export interface ProsaServer {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Starts Prosa as `npm start` does after its build, beside a fake that speaks OpenAI's protocol.
 * @param wordMs between two words of the model, in milliseconds
 * @param settings more of Prosa's environment
 * @throws when either says nothing for 60 s
 */
export async function startProsa(
  wordMs: number,
  settings: Readonly<Record<string, string>> = {},
): Promise<ProsaServer> {
  const data = await mkdtemp(join(tmpdir(), 'prosa-e2e-'));
  const model = run(
    ['backend/test/fakes/serve-openai.ts', '--port', '0', '--delay-ms', String(wordMs)],
    {},
  );
  const modelUrl = await said(model, /^(http:\/\/\S+)$/m);
  const prosa = run(['dist/backend/src/main.js'], {
    PORT: '0',
    DATA_DIR: data,
    LLM_MODELS: 'openai/fake-chat,quotes',
    OPENAI_BASE_URL: modelUrl,
    OPENAI_API_KEY: 'not-a-key',
    HF_ENDPOINT: 'http://127.0.0.1:9',
    WEB_SEARCH: 'off',
    ASKS_PER_MINUTE: '10000',
    ...settings,
  });
  return {
    url: await said(prosa, /^Prosa: (http:\S+)/m),
    stop: async () => {
      await Promise.all([ended(prosa), ended(model)]);
      await rm(data, { recursive: true, force: true });
    },
  };
}

/**
 * Starts the nginx of the frontend's image, which serves the built app itself, before a Prosa.
 * @throws when it says nothing for 60 s
 */
export async function startNginx(prosa: ProsaServer): Promise<ProsaServer> {
  const { port } = new URL(prosa.url);
  const nginx = run(['deploy/test/serve-nginx.ts', '--backend', `127.0.0.1:${port}`], {});
  return { url: await said(nginx, /^(http:\/\/\S+)$/m), stop: () => ended(nginx) };
}

/** A hub of models that does what a test tells it. */
export interface HubUnderControl {
  readonly url: string;
  /** What it does from now on, see `HubBehaviour` of the fake. */
  behave(behaviour: Readonly<Record<string, unknown>>): Promise<void>;
  /** The part of a file that was asked for last. */
  lastRange(): Promise<string | undefined>;
  stop(): Promise<void>;
}

/** Starts the fake hub. @throws when it says nothing for 60 s */
export async function startHub(): Promise<HubUnderControl> {
  const { url, tell, heard, stop } = await startFake('serve-hub.ts');
  return {
    ...{ url, stop },
    behave: tell,
    lastRange: async () => ((await heard()) as { range?: string }[]).at(-1)?.range,
  };
}

/** A search engine and the sites that it finds, all at one address. */
export interface WebUnderControl {
  readonly url: string;
  /** What they say from now on, see `WebBehaviour` of the fake. */
  behave(behaviour: Readonly<Record<string, unknown>>): Promise<void>;
  /** The addresses that were asked for, oldest first. */
  visited(): Promise<readonly string[]>;
  stop(): Promise<void>;
}

/** Starts the fake web. @throws when it says nothing for 60 s */
export async function startWeb(): Promise<WebUnderControl> {
  const { url, tell, heard, stop } = await startFake('serve-web.ts');
  return { url, behave: tell, visited: async () => (await heard()) as string[], stop };
}

/** A fake that is told what to do, and says what it heard, at a second address. */
async function startFake(file: string) {
  const fake = run(
    ['--import', './tools/typescript-sources.mjs', `backend/test/fakes/${file}`],
    {},
  );
  const [url, control] = await Promise.all([
    said(fake, /^(http:\/\/\S+)$/m),
    said(fake, /^control (http:\/\/\S+)$/m),
  ]);
  return {
    url,
    tell: async (behaviour: Readonly<Record<string, unknown>>): Promise<void> => {
      await fetch(control, { method: 'POST', body: JSON.stringify(behaviour) });
    },
    heard: async () => (await fetch(control)).json() as Promise<unknown>,
    stop: () => ended(fake),
  };
}

function run(args: readonly string[], env: Readonly<Record<string, string>>): ChildProcess {
  return spawn(join(ROOT, 'node_modules/.bin/node'), args, {
    cwd: ROOT,
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      NODE_COMPILE_CACHE: join(ROOT, 'dist/compiled'),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Waits until the process prints a line that matches, and returns its first group. */
function said(child: ChildProcess, line: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    const timer = setTimeout(
      () => reject(new Error(`Nothing like ${line.source}:\n${output}`)),
      START_MS,
    );
    const hear = (text: Buffer): void => {
      output += text.toString();
      const found = line.exec(output)?.[1];
      if (found === undefined) return;
      clearTimeout(timer);
      resolve(found);
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('exit', (code) => reject(new Error(`Ended with ${String(code)}:\n${output}`)));
  });
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  child.removeAllListeners('exit');
  child.kill('SIGTERM');
  await once(child, 'exit');
}
