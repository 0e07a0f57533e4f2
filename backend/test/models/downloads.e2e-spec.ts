import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HUB_TOKEN, type HubServer, startHubServer } from '../fakes/hub-server.js';
import { tinyGguf } from '../fakes/tiny-gguf.js';
import { aFirstAdministrator, type ApiClient } from '../harness/api-client.js';
import { startTestApp, type TestApp } from '../harness/test-app.js';

const NAME = 'ana/tiny-GGUF';
const FILE = 'tiny-Q4_K_M.gguf';
const ID = `llama/${NAME}/${FILE}`;
const GGUF = tinyGguf();

interface Download {
  readonly id: number;
  readonly state: string;
  readonly doneBytes: number;
  readonly error: { readonly code: string; readonly message: string } | null;
}

describe('downloads of models', () => {
  let hub: HubServer;
  let data: string;
  let app: TestApp;
  let client: ApiClient;
  const log: string[] = [];

  beforeEach(async () => {
    data = mkdtempSync(join(tmpdir(), 'prosa-models-'));
    hub = await startHubServer({ [NAME]: { files: { [FILE]: GGUF }, licence: 'mit' } });
    await start();
  });
  afterEach(async () => {
    await app.close();
    await hub.close();
    rmSync(data, { recursive: true });
  });

  async function start(settings: Record<string, string> = {}): Promise<void> {
    const own = { DATA_DIR: data, HF_ENDPOINT: hub.url, HF_TOKEN: HUB_TOKEN, LLM_MODELS: '' };
    const nothing = { OLLAMA_URL: 'http://127.0.0.1:9', LOG_LEVEL: 'info' };
    app = await startTestApp('sqlite', { ...own, ...nothing, ...settings }, log);
    ({ client } = await aFirstAdministrator(app));
  }

  const download = (name: string) => client.post('/api/models/downloads', { name });
  async function downloads(language = 'en'): Promise<Download[]> {
    const headers = { 'accept-language': language };
    const { body } = await client.get('/api/models/downloads', { headers });
    return body['items'] as Download[];
  }
  async function until(condition: (download: Download | undefined) => boolean): Promise<Download> {
    for (;;) {
      const [latest] = await downloads();
      if (latest && condition(latest)) return latest;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
  const ended = () => until((latest) => latest?.state !== 'running');
  async function models(): Promise<string[]> {
    const { body } = await client.get('/api/models');
    return (body['items'] as { id: string }[]).map(({ id }) => id);
  }

  it('should offer a model as soon as it is here, without a restart', async () => {
    expect(await models()).toEqual(['quotes']);
    const begun = await download(NAME);
    expect(begun).toMatchObject({ status: 201, body: { name: NAME, state: 'running' } });
    expect(await ended()).toMatchObject({
      ...{ state: 'done', modelId: ID, offered: true, error: null },
      ...{ doneBytes: GGUF.length, totalBytes: GGUF.length },
    });
    expect(await models()).toEqual([ID, 'quotes']);
    const { body } = await client.get('/api/models/catalogue');
    expect(body['others']).toEqual([
      expect.objectContaining({ id: ID, offered: true, removable: `${NAME}/${FILE}` }),
    ]);
  });

  it('should say where LLM_MODELS leaves the model out', async () => {
    await app.close();
    await start({ LLM_MODELS: 'quotes' });
    await download(NAME);
    expect(await ended()).toMatchObject({ state: 'done', offered: false });
    const { body } = await client.get('/api/models/catalogue');
    expect(body['others']).toEqual([expect.objectContaining({ id: ID, offered: false })]);
  });

  it('should stop a download, keep what has arrived, and go on from there', async () => {
    hub.behave({ stallAfter: 150_000 });
    await download(NAME);
    const { id } = await until((latest) => latest?.doneBytes === 150_000);
    expect(await download('other/model')).toMatchObject({
      ...{ status: 409, body: { error: { code: 'DOWNLOAD.BUSY' } } },
    });
    expect((await client.delete(`/api/models/downloads/${String(id)}`)).status).toBe(204);
    expect(await downloads()).toEqual([]);
    expect(readdirSync(join(data, 'models', NAME))).toEqual([expect.stringMatching(/\.part$/)]);
    hub.behave({});
    await download(NAME);
    expect(await ended()).toMatchObject({ state: 'done' });
    expect(hub.requests.at(-1)?.range).toBe('bytes=150000-');
  });

  it('should keep what has arrived when the server is stopped', async () => {
    hub.behave({ stallAfter: 150_000 });
    await download(NAME);
    await until((latest) => latest?.doneBytes === 150_000);
    await app.close();
    hub.behave({});
    await start();
    await download(NAME);
    expect(await ended()).toMatchObject({ state: 'done' });
    expect(hub.requests.at(-1)?.range).toBe('bytes=150000-');
  });

  it('should tell what went wrong in the reader’s language, and forget it when told to', async () => {
    hub.put(NAME, { files: { [FILE]: GGUF }, gated: 'nobody' });
    await download(NAME);
    const { id } = await ended();
    const [english] = await downloads('en');
    expect(english?.error).toEqual({
      code: 'DOWNLOAD.GATED',
      message: `The owner of HF_TOKEN is not given ${NAME}. Accept its licence on its page at ${new URL(hub.url).host}, and try again.`,
    });
    const [portuguese] = await downloads('pt-BR');
    expect(portuguese?.error?.message).toMatch(/^O dono de HF_TOKEN não recebe ana\/tiny-GGUF\./);
    await client.delete(`/api/models/downloads/${String(id)}`);
    expect(await downloads()).toEqual([]);
  });

  it('should not write the token into the log', async () => {
    await download(NAME);
    await ended();
    await download('ana/none');
    await until((latest) => latest?.error?.code === 'DOWNLOAD.NOT_FOUND');
    expect(log.join('')).toContain('a download failed');
    expect(log.join('')).not.toContain(HUB_TOKEN);
    expect(hub.requests.filter(({ authorization }) => authorization)).not.toEqual([]);
  });

  it('should show the catalogue with what the hub says, and what is here of it', async () => {
    const name = 'ggml-org/gemma-3-1b-it-GGUF';
    const file = 'gemma-3-1b-it-Q4_K_M.gguf';
    hub.put(name, { files: { [file]: GGUF }, licence: 'gemma' });
    await download(`${name}/${file}`);
    await ended();
    const { body } = await client.get('/api/models/catalogue', {
      headers: { 'accept-language': 'pt-BR' },
    });
    expect(body).toMatchObject({ hub: new URL(hub.url).host, hubProblem: null, others: [] });
    expect(body['freeBytes']).toBeGreaterThan(0);
    const items = body['items'] as { name: string; present: unknown }[];
    expect(items.find((item) => item.name === `${name}/${file}`)).toMatchObject({
      ...{ bytes: GGUF.length, exact: true, licence: 'gemma', page: `${hub.url}/${name}` },
      present: { offered: true },
    });
    expect(items.find((item) => item.name === 'google/flan-t5-small')).toMatchObject({
      ...{ exact: false, licence: 'apache-2.0', present: null },
      about: expect.stringContaining('Tarefas curtas'),
    });
  });

  it('should show the catalogue without the hub, and say why', async () => {
    await app.close();
    await start({ HF_ENDPOINT: 'http://127.0.0.1:9' });
    const { status, body } = await client.get('/api/models/catalogue');
    expect(status).toBe(200);
    expect(body).toMatchObject({ hubProblem: { code: 'DOWNLOAD.OFFLINE' } });
    expect(body['items']).toHaveLength(8);
  });

  it('should stop a download before what has arrived of it is removed', async () => {
    hub.behave({ stallAfter: 150_000 });
    await download(`${NAME}/${FILE}`);
    await until((latest) => latest?.doneBytes === 150_000);
    const other = await client.post('/api/models/removals', { name: `${NAME}/other.gguf` });
    expect(other.body).toMatchObject({ error: { code: 'DOWNLOAD.NOT_HERE' } });
    expect(await downloads()).toMatchObject([{ state: 'running' }]);
    const removed = await client.post('/api/models/removals', { name: NAME });
    expect(removed.status).toBe(204);
    expect(await downloads()).toEqual([]);
    expect(existsSync(join(data, 'models', NAME))).toBe(false);
  });

  it('should remove a model, and no longer offer it', async () => {
    await download(NAME);
    await ended();
    expect((await client.post('/api/models/removals', { name: `${NAME}/${FILE}` })).status).toBe(
      204,
    );
    expect(existsSync(join(data, 'models/ana'))).toBe(false);
    expect(await models()).toEqual(['quotes']);
    const again = await client.post('/api/models/removals', { name: NAME });
    expect(again).toMatchObject({ status: 404, body: { error: { code: 'DOWNLOAD.NOT_HERE' } } });
  });

  it.each(['tiny', '../../etc/passwd', 'ana/tiny/../../../x.gguf'])(
    'should refuse the name %s',
    async (name) => {
      for (const path of ['downloads', 'removals']) {
        expect(await client.post(`/api/models/${path}`, { name })).toMatchObject({
          ...{ status: 400, body: { error: { code: 'DOWNLOAD.NAME_INVALID' } } },
        });
      }
    },
  );
});
