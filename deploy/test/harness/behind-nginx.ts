import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiClient, PASSWORD } from '../../../backend/test/harness/api-client.js';
import { type ChildServer, startChildServer } from '../../../backend/test/harness/child-server.js';
import { type OpenAiServer, startOpenAiServer } from '../../../backend/test/fakes/openai-server.js';
import { type NameServer, startNameServer } from './names.ts';
import { type Nginx, startNginx } from './nginx.ts';

/** The code of the first run; through a proxy it is always asked for. */
const SETUP_TOKEN = 'the code of the first run';

/** The built backend with nginx in front, as in the composition, and a model that is told what to say. */
export interface Installation {
  readonly nginx: Nginx;
  readonly backend: ChildServer;
  readonly model: OpenAiServer;
  readonly names: NameServer;
  /** The first administrator, signed in through nginx. */
  setUp(): Promise<ApiClient>;
  close(): Promise<void>;
}

/** @param wordMs between two words of the model, in milliseconds. */
export async function anInstallation(wordMs: number): Promise<Installation> {
  const folder = mkdtempSync(join(tmpdir(), 'prosa-installation-'));
  const model = await startOpenAiServer({ delayMs: wordMs });
  const backend = await startChildServer({
    DATA_DIR: folder,
    LOG_LEVEL: 'silent',
    TRUST_PROXY: '1',
    SETUP_TOKEN,
    LLM_MODELS: 'openai/fake-chat',
    OPENAI_BASE_URL: model.url,
    OPENAI_API_KEY: 'not-a-key',
  });
  const names = await startNameServer('127.0.0.1');
  const nginx = await startNginx({
    PROSA_BACKEND: `backend:${new URL(backend.url).port}`,
    PROSA_RESOLVER: names.address,
  });
  return {
    nginx,
    backend,
    model,
    names,
    async setUp() {
      const client = new ApiClient(nginx.url);
      const body = { username: 'admin', password: PASSWORD, code: SETUP_TOKEN };
      client.keep(await client.post('/api/setup', body), 201);
      return client;
    },
    async close() {
      await nginx.stop();
      names.close();
      await backend.end('SIGTERM');
      await model.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
