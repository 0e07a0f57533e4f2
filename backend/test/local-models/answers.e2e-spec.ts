import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Usage } from '#db';
import { NOTHING_SOUGHT, systemPrompt } from '../../src/answering/system-prompt.js';
import { aConversation, asked, askStream } from '../harness/asking.js';
import { type LocalApp, ModelShelf, startLocalApp } from './local-scene.js';

const HELLO = 'Olá, sou um modelo minúsculo.';
const T5 = 'flan-t5/google/flan-t5-small';
const LLAMA = 'llama/tiny.gguf';

describe('models on this machine', () => {
  const shelf = new ModelShelf();
  const log: string[] = [];
  let app: LocalApp;

  beforeAll(async () => {
    shelf.llama('tiny.gguf');
    shelf.t5('Xenova/flan-t5-small', {
      routes: { '▁traduza': ['▁Hello', '▁world', '!'] },
      reads: [
        systemPrompt('en', { person: null, conversation: null }, NOTHING_SOUGHT, 'pr-0123456789ab'),
        'Pergunta muito longa',
        HELLO,
      ],
    });
    const settings = {
      ...{ MODEL_NAME: 'google/flan-t5-small', LLM_MODELS: '', LOG_LEVEL: 'info' },
      ...{ MAX_NEW_TOKENS: '100', TEMPERATURE: '0.01', TOP_P: '0.5', HF_TOKEN: 'hf_anything' },
    };
    app = await startLocalApp(shelf, settings, log);
  });
  afterAll(async () => {
    await app.close();
    shelf.remove();
  });

  it('should be found, the one of MODEL_NAME first', async () => {
    const { body } = await app.admin.client.get('/api/models');
    expect(body['items']).toEqual([
      expect.objectContaining({ id: T5, available: true, default: true, contextWindow: 512 }),
      expect.objectContaining({ id: LLAMA, available: true, contextWindow: 2048 }),
      expect.objectContaining({ id: 'quotes' }),
    ]);
  });

  it('should say at the start which export answers for the name', () => {
    expect(log.join('')).toMatch(
      /MODEL_NAME=google\/flan-t5-small .*Xenova\/flan-t5-small answers/,
    );
    expect(log.join('')).not.toContain('hf_anything');
  });

  it('should answer at the door of the older chats, and say so at /health', async () => {
    const { body } = await app.admin.client.post('/chat/', { question: 'um modelo' });
    expect(body).toEqual({ answer: HELLO, model: T5 });
    expect((await app.admin.client.get('/health')).body).toEqual({ status: 'ok', model: T5 });
  });

  it.each([
    [T5, 'um modelo', HELLO],
    [T5, 'Por favor, traduza isto', 'Hello world!'],
    [LLAMA, 'um modelo', HELLO],
  ])('should stream the answer of %s to “%s”', async (model, prompt, answer) => {
    const conversation = await aConversation(app.admin.client);
    const stream = await askStream(app.admin.client, conversation, { prompt, model });
    await stream.all();
    expect(stream.text).toBe(answer);
    expect(stream.types.filter((type) => type === 'delta').length).toBeGreaterThan(1);
    expect(stream.frames.at(-1)).toMatchObject({ type: 'done', data: { status: 'done' } });
  });

  it.each([T5, LLAMA])('should enter the tokens that %s counted, at no cost', async (model) => {
    const conversation = await aConversation(app.admin.client);
    const post = await asked(app.admin.client, conversation, 'um modelo', { model });
    const [row] = await app.dataSource.getRepository(Usage).findBy({ postId: post.id });
    // Seven tokens of text and the end; 40 tokens of instructions are in the prompt as well.
    expect(row).toMatchObject({ estimated: false, completionTokens: 8, costNanoUsd: 0, model });
    expect(row?.promptTokens).toBeGreaterThan(40);
  });

  it('should fit a long conversation into the 512 tokens of FLAN-T5', async () => {
    const { client } = app.admin;
    const conversation = await aConversation(client);
    for (let turn = 0; turn < 4; turn += 1) {
      const prompt = `Pergunta ${String(turn)}: ${'muito '.repeat(40)}`;
      const post = await asked(client, conversation, prompt, { model: T5 });
      expect(post).toMatchObject({ status: 'done', body: HELLO });
    }
    const stream = await askStream(client, conversation, { prompt: 'E agora?', model: T5 });
    const { data } = await stream.untilType('context');
    await stream.all();
    expect(data).toMatchObject({ limit: 512, begins: expect.any(Number) });
    expect((data['left'] as unknown[]).length).toBeGreaterThan(1);
    expect(stream.text).toBe(HELLO);
  });

  it('should refuse a text that is longer than FLAN-T5 reads, by how much', async () => {
    const conversation = await aConversation(app.admin.client);
    const { status, body } = await app.admin.client.post(
      `/api/conversations/${String(conversation)}/posts`,
      { prompt: 'palavra '.repeat(300), model: T5 },
    );
    expect({ status, body }).toMatchObject({
      status: 413,
      body: { error: { code: 'POST.WINDOW_EXCEEDED' } },
    });
  });

  it('should never cut silently what the estimate took for shorter than it is', async () => {
    const conversation = await aConversation(app.admin.client);
    // A token a letter in this vocabulary, 2.7 letters a token in the estimate.
    const post = await asked(app.admin.client, conversation, 'y'.repeat(600), { model: T5 });
    expect(post).toMatchObject({ status: 'failed', error: { code: 'MODEL.OVERFLOW' } });
  });
});
