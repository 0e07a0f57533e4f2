import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Post } from '#db';
import { estimateTokens } from '../../src/llm/tokens.rules.js';
import { type AnsweringApp, startAnsweringApp } from '../harness/answering-app.js';
import { aConversation, ask, asked, askStream, branchOf, getPost } from '../harness/asking.js';

/** About 110 tokens by our estimate, which takes 2.7 characters a token. */
const LONG = 'palavras '.repeat(33);

describe('the context window', () => {
  let app: AnsweringApp;

  beforeAll(async () => {
    app = await startAnsweringApp('sqlite', {
      MODEL_CONTEXT_WINDOW: '1024',
      MAX_OUTPUT_TOKENS: '256',
    });
  });
  afterAll(() => app.close());

  const sent = () =>
    (app.provider.requests.at(-1)?.messages ?? []).filter(({ role }) => role !== 'system');

  it('should send the newest turns that fit, and say which were left out', async () => {
    const conversation = await aConversation(app.client);
    const ids: number[] = [];
    for (let n = 1; n <= 8; n += 1) {
      ids.push((await asked(app.client, conversation, `say: resposta ${String(n)}\n${LONG}`)).id);
    }
    const stream = await askStream(app.client, conversation, { prompt: 'say: fim' });
    const { data } = await stream.untilType('context');
    await stream.all();
    const kept = sent().filter(({ role }) => role === 'assistant');
    const left = data['left'] as { postId: number; reason: string }[];
    expect(kept.length).toBeGreaterThan(1);
    expect(kept.length + left.length).toBe(8);
    expect(kept.map(({ content }) => content)).toEqual(
      ids.slice(-kept.length).map((id) => `resposta ${String(ids.indexOf(id) + 1)}`),
    );
    expect(left.map(({ postId }) => postId)).toEqual(ids.slice(0, left.length).reverse());
    expect(new Set(left.map(({ reason }) => reason))).toEqual(new Set(['window']));
    expect(data['limit']).toBe(1024);
    expect(Number(data['used']) + Number(data['reserved'])).toBeLessThanOrEqual(1024);
    expect(sent().at(-1)?.content).toBe('say: fim');
  });

  it('should leave out answers that never came, and other branches', async () => {
    const conversation = await aConversation(app.client);
    const root = await asked(app.client, conversation, 'say: raiz');
    app.provider.script({ status: 500 });
    const failed = await asked(app.client, conversation, 'esta falha');
    app.provider.script({});
    await asked(app.client, conversation, 'say: outro ramo', { parentId: root.id });
    const stream = await askStream(app.client, conversation, {
      prompt: 'say: fim',
      parentId: failed.id,
    });
    const { data } = await stream.untilType('context');
    await stream.all();
    expect(data['left']).toEqual([{ postId: failed.id, reason: 'unfinished' }]);
    expect(sent().map(({ content }) => content)).toEqual(['say: raiz', 'raiz', 'say: fim']);
  });

  it('should refuse a prompt that alone exceeds the window, say by how much, and store nothing', async () => {
    const conversation = await aConversation(app.client);
    const before = app.provider.requests.length;
    const refused = await ask(app.client, conversation, { prompt: LONG.repeat(10) });
    expect(refused).toMatchObject({
      status: 413,
      body: { error: { code: 'POST.WINDOW_EXCEEDED' } },
    });
    const error = refused.body['error'] as { message: string; details: { excess: number } };
    expect(error.details.excess).toBeGreaterThan(100);
    expect(error.message).toContain(String(error.details.excess));
    expect(await branchOf(app.client, conversation)).toEqual([]);
    expect(await app.dataSource.getRepository(Post).countBy({ conversationId: conversation })).toBe(
      0,
    );
    expect(app.provider.requests.length).toBe(before);
  });

  it('should leave out sources that do not fit, and cite only those that were sent', async () => {
    const counts: number[] = [];
    for (const filling of [0, 40, 80, 110, 150]) {
      const instructions = `Seja breve. ${'palavras '.repeat(filling)}`;
      const conversation = await aConversation(app.client, { instructions });
      const prompt = 'Como conecto o Bedrock?';
      const stream = await askStream(app.client, conversation, { prompt, knowledge: true });
      const frames = await stream.all();
      const context = frames.find(({ type }) => type === 'context')?.data;
      expect(Number(context?.['used']) + Number(context?.['reserved'])).toBeLessThanOrEqual(1024);
      const told = frames.find(({ type }) => type === 'sources')?.data['sources'] ?? [];
      const system = app.provider.requests.at(-1)?.messages[0]?.content ?? '';
      const numbers = Array.from(system.matchAll(/<source n="(\d+)"/g), ([, n]) => Number(n));
      expect((told as { n: number }[]).map(({ n }) => n)).toEqual(numbers);
      expect(numbers).toEqual(numbers.map((_, index) => index + 1));
      const post = await getPost(app.client, Number(frames[0]?.data['postId']));
      expect(post).toMatchObject({ status: 'done', sources: told });
      counts.push(numbers.length);
    }
    expect(counts.at(0)).toBeGreaterThan(1);
    expect(counts.at(-1)).toBe(0);
  });

  it('should let an answer go on however long it has become', async () => {
    const conversation = await aConversation(app.client);
    app.provider.script({ words: [LONG.repeat(9), 'e o fim'], finishReason: 'length' });
    const cut = await asked(app.client, conversation, 'conta');
    app.provider.script({ words: [', agora sim'] });
    const { body } = await app.client.post(`/api/posts/${String(cut.id)}/continue`);
    expect(body).toMatchObject({ status: 'done', body: `${cut.body}, agora sim` });
    const shown = sent().find(({ role }) => role === 'assistant')?.content ?? '';
    expect(shown.endsWith('palavras e o fim')).toBe(true);
    expect(sent().reduce((sum, { content }) => sum + estimateTokens(content), 0)).toBeLessThan(768);
    app.provider.script({});
  });

  it('should refuse a prompt that is too long, empty, or no text', async () => {
    const conversation = await aConversation(app.client);
    const refusals: [unknown, number, string][] = [
      ['x'.repeat(200_001), 413, 'POST.PROMPT_TOO_LONG'],
      ['', 400, 'POST.PROMPT_EMPTY'],
      [' \n\t ', 400, 'POST.PROMPT_EMPTY'],
      ['nul \u0000', 400, 'REQUEST.INVALID'],
      [7, 400, 'REQUEST.INVALID'],
      [undefined, 400, 'REQUEST.INVALID'],
    ];
    for (const [prompt, status, code] of refusals) {
      expect(await ask(app.client, conversation, { prompt })).toMatchObject({
        status,
        body: { error: { code } },
      });
    }
    const halfCharacter = `{"prompt":"meio \\ud83d"}`;
    expect(await ask(app.client, conversation, halfCharacter)).toMatchObject({ status: 400 });
    expect(await branchOf(app.client, conversation)).toEqual([]);
  });

  it('should refuse a model that it does not know', async () => {
    const conversation = await aConversation(app.client);
    expect(
      await ask(app.client, conversation, { prompt: 'conta algo', model: 'openai/none' }),
    ).toMatchObject({
      status: 400,
      body: { error: { code: 'MODEL.UNKNOWN', details: { model: 'openai/none' } } },
    });
    expect(await branchOf(app.client, conversation)).toEqual([]);
  });

  it('should send the instructions of the conversation', async () => {
    const conversation = await aConversation(app.client, { instructions: 'Responda em versos.' });
    await asked(app.client, conversation, 'conta algo');
    expect(app.provider.requests.at(-1)?.messages[0]).toMatchObject({
      role: 'system',
      content: expect.stringContaining('Responda em versos.'),
    });
  });
});
