import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { aPerson, PASSWORD } from '../harness/api-client.js';
import { aConversation, asked } from '../harness/asking.js';
import { startAnsweringApp } from '../harness/answering-app.js';
import { startLangSmithServer } from '../fakes/langsmith-server.js';
import { eventually, LANGSMITH_KEY, startTracedApp, type TracedApp } from './traced-app.js';

const JWT_SECRET = 'canary-of-the-signing-secret-0123456789';
const PROVIDER_KEY = 'sk-proj-canaryOfTheProvider0123456789';

describe('secrets and LangSmith', () => {
  let app: TracedApp;
  const printed: string[] = [];

  beforeAll(async () => {
    // What a developer's shell, or another program's settings, might hold.
    jest.replaceProperty(process, 'env', {
      ...process.env,
      LANGSMITH_TRACING: 'true',
      LANGSMITH_TRACING_V2: 'true',
      LANGCHAIN_TRACING_V2: 'true',
      LANGCHAIN_API_KEY: 'lsv2_canary_of_the_shell',
      LANGCHAIN_ENDPOINT: 'http://127.0.0.1:9',
      LANGCHAIN_PROJECT: 'canary-project',
      LANGSMITH_ORG_NOTE: 'canary-of-the-environment',
      LANGSMITH_TRACING_SAMPLING_RATE: '0',
      LANGSMITH_WORKSPACE_ID: 'canary-workspace',
      LANGSMITH_ENDPOINT: 'http://127.0.0.1:9',
      LANGSMITH_RUNS_ENDPOINTS: '{"http://127.0.0.1:9":"canary"}',
      LANGSMITH_FAILED_TRACES_DIR: '/nonexistent/canary',
      LANGSMITH_DEBUG: 'true',
    });
    for (const name of ['log', 'warn', 'error'] as const) {
      jest
        .spyOn(console, name)
        .mockImplementation((...words) => void printed.push(words.join(' ')));
    }
    app = await startTracedApp({ JWT_SECRET, OPENAI_API_KEY: PROVIDER_KEY });
  });
  afterAll(async () => {
    await app.close();
    jest.restoreAllMocks();
  });

  it('should send none: passwords, keys, tokens, cookies, or what the environment says', async () => {
    const ana = await aPerson(app, app.admin, 'ana');
    const conversation = await aConversation(ana.client);
    const post = await asked(ana.client, conversation, 'say: olá');
    await app.runsOf(post.id);
    app.provider.script({
      status: 401,
      body: JSON.stringify({ error: { message: PROVIDER_KEY } }),
    });
    const failed = await asked(ana.client, conversation, 'say: olá');
    await app.runsOf(failed.id);
    app.provider.script({});

    const bodies = app.langSmith.requests.map(({ path, body }) => `${path}\n${body}`).join('\n');
    expect(bodies).toContain('olá');
    const cookies = [...app.client.cookies.values(), ...ana.client.cookies.values()];
    expect(cookies).not.toEqual([]);
    for (const secret of [
      PASSWORD,
      'primeira senha de ana',
      JWT_SECRET,
      PROVIDER_KEY,
      LANGSMITH_KEY,
      app.admin.token,
      ana.token,
      ...cookies,
      'canary',
      'Bearer',
      'Cookie',
    ]) {
      expect(bodies).not.toContain(secret);
    }
  });

  it('should be told nothing of a secret that somebody wrote: it was stored nowhere', async () => {
    const prompt = [
      'minha senha: canario123',
      `a chave é ${PROVIDER_KEY}`,
      'curl -H "Authorization: Bearer canario.abcdefghijkl" https://eu:canario9@exemplo.com.br',
    ].join('\n');
    const { id } = await asked(app.client, await aConversation(app.client), prompt);
    const runs = await app.runsOf(id);
    expect(JSON.stringify([...runs])).not.toMatch(/canario\d|canario\.|sk-proj/);
    expect(runs.get('answer')?.inputs['prompt']).toContain('não guardada');
    const { status, prompt: kept } = (await app.client.get(`/api/posts/${String(id)}`)).body;
    expect({ status, kept }).toEqual({
      status: 'blocked',
      kept: expect.stringContaining('não guardada'),
    });
  });

  it('should be sent what looks like a secret in an answer without it', async () => {
    app.provider.script({ words: ['Use Bearer ', 'canario.abcdefghijkl ', 'e pronto.'] });
    const { id } = await asked(app.client, await aConversation(app.client), 'como se chama?');
    app.provider.script({});
    const runs = await app.runsOf(id);
    expect(JSON.stringify([...runs])).not.toMatch(/canario\./);
  });

  it('should leave the console to the log, whatever goes wrong', async () => {
    const conversation = await aConversation(app.client);
    app.langSmith.script({ status: 403 });
    const before = app.langSmith.requests.length;
    await asked(app.client, conversation, 'say: olá');
    await eventually(() => app.langSmith.requests.length > before);
    app.langSmith.script({});
    const { id } = await asked(app.client, conversation, 'say: olá');
    await app.runsOf(id);
    await app.client.put(`/api/posts/${String(id)}/feedback`, { value: 1 });
    await eventually(() => app.langSmith.feedback.size === 1);
    expect(printed).toEqual([]);
  });

  it('should use the key in the header that LangSmith wants, and take no setting from elsewhere', () => {
    for (const { headers } of app.langSmith.requests) {
      expect(headers['x-api-key']).toBe(LANGSMITH_KEY);
      expect(headers).not.toHaveProperty('authorization');
      expect(headers).not.toHaveProperty('cookie');
      expect(headers).not.toHaveProperty('x-tenant-id');
    }
  });

  it('should send nothing while it is off, whatever the environment says to LangChain', async () => {
    const sink = await startLangSmithServer();
    const { env } = process;
    jest.replaceProperty(process, 'env', {
      ...env,
      LANGSMITH_ENDPOINT: sink.url,
      LANGCHAIN_ENDPOINT: sink.url,
      LANGSMITH_API_KEY: LANGSMITH_KEY,
      LANGSMITH_TRACING_SAMPLING_RATE: '1',
      LANGSMITH_RUNS_ENDPOINTS: '',
    });
    const untraced = await startAnsweringApp('sqlite', { LANGSMITH_TRACING: 'false' });
    const post = await asked(untraced.client, await aConversation(untraced.client), 'say: olá');
    expect(post.body).toBe('olá');
    await untraced.client.put(`/api/posts/${String(post.id)}/feedback`, { value: 1 });
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect(sink.requests).toEqual([]);
    await untraced.close();
    await sink.close();
  });
});
