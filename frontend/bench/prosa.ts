import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { BrowserContext } from 'playwright-core';

const ROOT = join(import.meta.dirname, '../..');
const START_MS = 30_000;
export const PERSON = { username: 'ana', password: 'um cavalo amarelo no telhado' };

/** The built server, in a process of its own. */
export interface Prosa {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts it on a free port. @throws when it says nothing for 30 s */
export async function startProsa(folder: string, modelUrl: string): Promise<Prosa> {
  const child = spawn(process.execPath, [join(ROOT, 'dist/backend/src/main.js')], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      PORT: '0',
      DATA_DIR: folder,
      LOG_LEVEL: 'warn',
      LLM_MODELS: 'openai/fake-chat',
      OPENAI_BASE_URL: modelUrl,
      OPENAI_API_KEY: 'not-a-key',
      TITLE_MODEL: 'off',
      MAX_OUTPUT_TOKENS: '2000',
    },
  });
  const url = await addressOf(child);
  return {
    url,
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** Makes the first administrator. */
export async function setUp({ url }: Prosa): Promise<void> {
  const response = await fetch(`${url}/api/setup`, {
    method: 'POST',
    headers: { origin: url, 'content-type': 'application/json' },
    body: JSON.stringify({ ...PERSON, locale: 'pt-BR' }),
  });
  if (!response.ok) throw new Error(`setup: ${String(response.status)} ${await response.text()}`);
}

/** Signs a browser in: it has the cookie from then on. */
export async function signIn({ url }: Prosa, context: BrowserContext): Promise<void> {
  const headers = { origin: url };
  const response = await context.request.post(`${url}/api/auth/login`, { headers, data: PERSON });
  if (!response.ok()) throw new Error(`sign-in: ${String(response.status())}`);
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const timer = setTimeout(() => reject(new Error(`No address:\n${text}`)), START_MS);
    child.stdout?.setEncoding('utf8').on('data', (part: string) => {
      text += part;
      const url = /^Prosa: (http:\S+)/m.exec(text)?.[1];
      if (url === undefined) return;
      clearTimeout(timer);
      resolve(url);
    });
    child.once('exit', (code) => reject(new Error(`Ended with ${String(code)}:\n${text}`)));
  });
}
