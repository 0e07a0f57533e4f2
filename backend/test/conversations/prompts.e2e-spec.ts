import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TEST_ENGINES } from '../../../db/test/test-databases.js';
import { aPerson, type ApiClient } from '../harness/api-client.js';
import { type AnsweringApp, startAnsweringApp } from '../harness/answering-app.js';
import { aConversation, asked, getPost } from '../harness/asking.js';

describe.each(TEST_ENGINES)('a person’s own prompts on %s', (engine) => {
  let app: AnsweringApp;
  let client: ApiClient;

  beforeAll(async () => {
    app = await startAnsweringApp(engine);
    ({ client } = await aPerson(app, app.admin, 'ana'));
  });
  afterAll(() => app.close());

  async function prompts(query: string): Promise<string[]> {
    const { status, body } = await client.get(`/api/posts?${query}`);
    expect({ status, body }).toMatchObject({ status: 200 });
    return (body['items'] as { prompt: string }[]).map(({ prompt }) => prompt);
  }

  it('should come from all conversations but the trash, newest first, in pages', async () => {
    const one = await aConversation(client);
    const two = await aConversation(client);
    for (const [conversation, prompt] of [
      [one, 'primeiro'],
      [two, 'segundo'],
      [one, 'terceiro sobre o coração'],
      [two, 'quarto'],
    ] as const) {
      await asked(client, conversation, prompt);
    }
    await asked(app.client, await aConversation(app.client), 'de outra pessoa');
    const all = ['quarto', 'terceiro sobre o coração', 'segundo', 'primeiro'];
    expect(await prompts('')).toEqual(all);
    const first = await client.get('/api/posts?limit=3');
    expect(first.body['items']).toHaveLength(3);
    expect(await prompts(`cursor=${String(first.body['nextCursor'])}`)).toEqual(['primeiro']);
    expect(await prompts('q=coracao')).toEqual(['terceiro sobre o coração']);
    expect(await prompts('q=inexistente')).toEqual([]);
    await client.delete(`/api/conversations/${String(one)}`);
    expect(await prompts('')).toEqual(['quarto', 'segundo']);
    expect(await prompts('q=coracao')).toEqual([]);
  });

  it('should keep what a person says of an answer', async () => {
    const { id } = await asked(client, await aConversation(client), 'conta algo');
    const put = (what: string, body: unknown) =>
      client.put(`/api/posts/${String(id)}/${what}`, body);
    expect(await getPost(client, id)).toMatchObject({ feedback: null, pinned: false });
    for (const value of [1, -1, -1]) {
      expect((await put('feedback', { value })).status).toBe(204);
      expect((await getPost(client, id)).feedback).toBe(value);
    }
    await put('feedback', { value: 0 });
    await put('pin', { pinned: true });
    expect(await getPost(client, id)).toMatchObject({ feedback: null, pinned: true });
    await put('pin', { pinned: false });
    expect((await getPost(client, id)).pinned).toBe(false);
    for (const value of [2, '1', null]) expect((await put('feedback', { value })).status).toBe(400);
  });
});
