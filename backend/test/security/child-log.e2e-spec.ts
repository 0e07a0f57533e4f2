import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PACKAGE_ROOT } from '../../src/platform/package-root.js';
import { type OpenAiServer, startOpenAiServer } from '../fakes/openai-server.js';
import { ApiClient, PASSWORD } from '../harness/api-client.js';
import { PROVIDER_KEY } from './given.js';

const MAIN = join(PACKAGE_ROOT, 'dist/backend/src/main.js');

const CANARIES = {
  AWS_ACCESS_KEY_ID: 'AKIACANARY7EXAMPLE00',
  AWS_SECRET_ACCESS_KEY: 'canarySecretKey/9f27c1/51aa0e+b3',
  AWS_REGION: 'us-east-1',
  // Nothing listens there: the SDK has every reason to complain.
  AWS_ENDPOINT_URL_BEDROCK_RUNTIME: 'http://127.0.0.1:9',
  // Libraries turn talkative by these.
  DEBUG: '*',
  LANGCHAIN_VERBOSE: 'true',
  OPENAI_LOG: 'debug',
};

/** The whole of what the built server prints, its libraries included. */
describe('output of the built server', () => {
  let provider: OpenAiServer;
  let server: ChildProcess;
  let folder: string;
  let url = '';
  let printed = '';

  beforeAll(async () => {
    provider = await startOpenAiServer();
    folder = mkdtempSync(join(tmpdir(), 'prosa-log-'));
    server = spawn(process.execPath, [MAIN], {
      env: {
        PATH: process.env['PATH'],
        PORT: '0',
        DATA_DIR: folder,
        LOG_LEVEL: 'trace',
        LLM_MODELS: 'openai/fake-chat,bedrock/mistral.mistral-large-2402-v1:0',
        OPENAI_BASE_URL: provider.url,
        OPENAI_API_KEY: PROVIDER_KEY,
        ...CANARIES,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [server.stdout, server.stderr]) {
      stream?.on('data', (part: Buffer) => (printed += part.toString()));
    }
    while (url === '' && server.exitCode === null) {
      await Promise.race([once(server.stdout ?? server, 'data'), once(server, 'exit')]);
      url = /^Prosa: (http\S+)$/m.exec(printed)?.[1]?.replace('localhost', '127.0.0.1') ?? '';
    }
    expect({ url, printed }).toMatchObject({ url: expect.stringMatching(/^http/) as unknown });
  }, 30_000);

  afterAll(async () => {
    server.kill('SIGKILL');
    await provider.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('should hold no secret and nothing that people wrote', async () => {
    const client = new ApiClient(url);
    const body = { username: 'admin', password: PASSWORD };
    client.keep(await client.post('/api/setup', body), 201);
    await client.post('/api/auth/login', { ...body, password: 'canario-errada-51aa0e' });
    const { body: conversation } = await client.post('/api/conversations', {});
    const path = `/api/conversations/${String(conversation['id'])}/posts`;
    const prompt = 'canarioprompt1f meu CPF é 529.982.247-25';
    provider.script({ words: ['canarioresposta2e'] });
    expect((await client.post(path, { prompt })).body).toMatchObject({ status: 'done' });
    const seen = prompt.replace('529.982.247-25', '[CPF_1]');
    const message = `${PROVIDER_KEY} may not say: ${seen}`;
    provider.script({ status: 401, body: JSON.stringify({ error: { message } }) });
    expect((await client.post(path, { prompt })).body).toMatchObject({ status: 'failed' });
    const model = 'bedrock/mistral.mistral-large-2402-v1:0';
    expect((await client.post(path, { prompt, model })).body).toMatchObject({ status: 'failed' });
    await client.get('/api/posts?q=canariobusca4c');
    await client.post('/api/auth/refresh');

    server.kill('SIGTERM');
    await once(server, 'exit');
    expect(printed).toContain('"route":"/api/posts"');
    const secrets = [
      PROVIDER_KEY,
      PASSWORD,
      CANARIES.AWS_ACCESS_KEY_ID,
      CANARIES.AWS_SECRET_ACCESS_KEY,
      readFileSync(join(folder, 'jwt-secret'), 'utf8').trim(),
      String(client.token).split('.').at(-1) ?? '',
      ...client.cookies.values(),
      '$argon2id',
      'canario',
      '529.982.247-25',
    ];
    expect(secrets.every((secret) => secret.length > 6)).toBe(true);
    expect(secrets.filter((secret) => printed.includes(secret))).toEqual([]);
    expect(server.exitCode).toBe(0);
  }, 60_000);
});
