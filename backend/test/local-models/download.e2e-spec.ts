import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type HubServer, startHubServer } from '../fakes/hub-server.js';
import { tinyGguf } from '../fakes/tiny-gguf.js';
import { aConversation, asked } from '../harness/asking.js';
import { type LocalApp, ModelShelf, startLocalApp } from './local-scene.js';

const HELLO = 'Olá, sou um modelo minúsculo.';

describe('a model that was downloaded', () => {
  const shelf = new ModelShelf();
  const elsewhere = new ModelShelf();
  let hub: HubServer;
  let app: LocalApp;

  beforeAll(async () => {
    const t5 = elsewhere.t5('made');
    const names = readdirSync(t5, { recursive: true, encoding: 'utf8' });
    const files = names.filter((name) => statSync(join(t5, name)).isFile());
    hub = await startHubServer({
      'ana/tiny-GGUF': { files: { 'tiny-Q4_K_M.gguf': tinyGguf() } },
      'Xenova/flan-t5-small': {
        files: Object.fromEntries(files.map((name) => [name, readFileSync(join(t5, name))])),
      },
    });
    app = await startLocalApp(shelf, { LLM_MODELS: '', HF_ENDPOINT: hub.url });
  });
  afterAll(async () => {
    await app.close();
    await hub.close();
    shelf.remove();
    elsewhere.remove();
  });

  it.each([
    ['ana/tiny-GGUF', 'llama/ana/tiny-GGUF/tiny-Q4_K_M.gguf'],
    ['google/flan-t5-small', 'flan-t5/Xenova/flan-t5-small'],
  ])('should answer: %s', async (name, model) => {
    const { client } = app.admin;
    await client.post('/api/models/downloads', { name });
    for (;;) {
      const { body } = await client.get('/api/models/downloads');
      const [latest] = body['items'] as { state: string }[];
      if (latest?.state !== 'running') {
        expect(latest).toMatchObject({ state: 'done', modelId: model, offered: true });
        break;
      }
    }
    const post = await asked(client, await aConversation(client), 'um modelo', { model });
    expect(post).toMatchObject({ status: 'done', body: HELLO, model });
  });

  it('should be got by the command that its absence names', async () => {
    const missing = await startLocalApp(elsewhere, {
      LLM_MODELS: 'flan-t5/google/flan-t5-base,llama/ana/tiny/x.gguf,llama/none.gguf',
    });
    const { body } = await missing.admin.client.get('/api/models');
    const items = body['items'] as { reason: { message: string } | null }[];
    expect(items.map(({ reason }) => reason?.message)).toEqual([
      expect.stringContaining('npm run models -- add google/flan-t5-base)'),
      expect.stringContaining('npm run models -- add ana/tiny/x.gguf)'),
      expect.stringContaining('npm run models -- list)'),
    ]);
    await missing.close();
  });
});
