import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TEST_ENGINES } from '../../../db/test/test-databases.js';
import { type AnsweringApp, startAnsweringApp } from '../harness/answering-app.js';
import { type ApiClient, aPerson } from '../harness/api-client.js';
import { aConversation, asked } from '../harness/asking.js';

describe.each(TEST_ENGINES)('a set to train a model with on %s', (engine) => {
  let app: AnsweringApp;
  let ana: ApiClient;

  beforeAll(async () => {
    app = await startAnsweringApp(engine);
    ({ client: ana } = await aPerson(app, app.admin, 'ana'));
  });
  afterAll(() => app.close());

  const answered = async (client: ApiClient, prompt: string, answer: string) => {
    app.provider.script({ words: [answer] });
    const conversationId = await aConversation(client);
    const { id } = await asked(client, conversationId, prompt);
    return { id: Number(id), conversationId };
  };
  const exported = async (format = 'openai') => {
    const { text } = await app.client.get(`/api/training/export?format=${format}`);
    return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as unknown]));
  };
  const example = (question: string, answer: string) => ({
    messages: [
      { role: 'user', content: question },
      { role: 'assistant', content: answer },
    ],
  });

  it('should hold nothing of people who did not consent', async () => {
    const { id } = await answered(ana, 'Qual o prazo?', 'Dez dias.');
    await ana.put(`/api/posts/${String(id)}/feedback`, { value: 1 });
    await ana.put(`/api/posts/${String(id)}/correction`, { answer: 'Quinze dias.' });
    expect(await exported()).toEqual([]);
    expect((await ana.get('/api/training/consent')).body).toEqual({ givenAt: null });
  });

  it('should hold a correction in place of the answer, with the consent of its author', async () => {
    expect((await ana.put('/api/training/consent', { given: true })).body).toEqual({
      givenAt: expect.any(String),
    });
    expect(await exported()).toEqual([example('Qual o prazo?', 'Quinze dias.')]);
  });

  it('should mask personal data, in both formats', async () => {
    const { id } = await answered(ana, 'De quem é 529.982.247-25?', 'De ana@empresa.example.');
    await ana.put(`/api/posts/${String(id)}/feedback`, { value: 1 });
    expect((await exported()).at(-1)).toEqual(example('De quem é [CPF]?', 'De [EMAIL].'));
    expect((await exported('bedrock')).at(-1)).toEqual({
      schemaVersion: 'bedrock-conversation-2024',
      messages: [
        { role: 'user', content: [{ text: 'De quem é [CPF]?' }] },
        { role: 'assistant', content: [{ text: 'De [EMAIL].' }] },
      ],
    });
  });

  it('should keep the first of two corrections at once, and change it later', async () => {
    const { id } = await answered(ana, 'Quanto custa?', 'Dez.');
    const path = `/api/posts/${String(id)}/correction`;
    const both = await Promise.all(['Onze.', 'Doze.'].map((answer) => ana.put(path, { answer })));
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    await ana.put(path, { answer: 'Treze.' });
    expect((await exported()).filter((line) => JSON.stringify(line).includes('Quanto'))).toEqual([
      example('Quanto custa?', 'Treze.'),
    ]);
    await ana.delete(path);
    expect((await ana.get(path)).body).toEqual({ answer: null, updatedAt: null });
  });

  it('should leave out what is in the trash, was rated down, or whose consent was taken back', async () => {
    const { id: down } = await answered(ana, 'Ruim?', 'Sim.');
    await ana.put(`/api/posts/${String(down)}/feedback`, { value: -1 });
    const { id: gone, conversationId } = await answered(ana, 'Apagada?', 'Sim.');
    await ana.put(`/api/posts/${String(gone)}/feedback`, { value: 1 });
    await ana.delete(`/api/conversations/${String(conversationId)}`);
    const text = JSON.stringify(await exported());
    expect(text).toContain('Qual o prazo?');
    expect(text).not.toMatch(/Ruim|Apagada/);
    await ana.put('/api/training/consent', { given: false });
    expect(await exported()).toEqual([]);
  });

  it('should show and change no correction of another person, and be exported by administrators alone', async () => {
    const { id } = await answered(app.client, 'Segredo?', 'Sim.');
    const path = `/api/posts/${String(id)}/correction`;
    await app.client.put(path, { answer: 'Não.' });
    const tried = [
      await ana.get(path),
      await ana.put(path, { answer: 'x' }),
      await ana.delete(path),
    ];
    expect(tried.map(({ status }) => status)).toEqual([404, 404, 404]);
    expect((await app.client.get(path)).body).toMatchObject({ answer: 'Não.' });
    expect((await ana.get('/api/training/export')).status).toBe(403);
  });
});
