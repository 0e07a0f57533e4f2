import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Summary, Usage } from '#db';
import { ProcessId } from '../../src/answering/process-id.js';
import type { OpenAiBehaviour } from '../fakes/openai-server.js';
import { type AnsweringApp, MODEL, startAnsweringApp } from '../harness/answering-app.js';
import { aConversation, asked, askStream } from '../harness/asking.js';

/** The model that sums up in these tests. */
const WRITER = 'openai/fake-sum';
/** About 330 tokens by our estimate: the window has room for four such turns. */
const LONG = 'palavras '.repeat(99);

describe('a summary of what no longer fits', () => {
  let app: AnsweringApp;
  let conversation: number;

  const writes = (behaviour: OpenAiBehaviour) => {
    app.provider.script(({ model }) => (model === 'fake-sum' ? behaviour : {}));
  };
  const rows = () => app.dataSource.getRepository(Summary).findBy({ conversationId: conversation });
  const calls = () =>
    app.dataSource
      .getRepository(Usage)
      .findBy({ conversationId: conversation, purpose: 'summary' });
  const until = async <Value>(look: () => Promise<Value | false>): Promise<Value> => {
    for (;;) {
      const value = await look();
      if (value !== false) return value;
      await sleep(20);
    }
  };
  const made = () =>
    until(async () => {
      const [row] = await rows();
      return row?.owner === null ? row : false;
    });
  const closed = () =>
    until(async () => {
      const all = await calls();
      return all.length > 0 && all.every(({ closedAt }) => closedAt !== null) && all;
    });
  const talk = async (times: number) => {
    for (let n = 1; n <= times; n += 1) {
      await asked(app.client, conversation, `say: resposta ${String(n)}\n${LONG}`);
    }
  };
  const preview = async () => {
    const path = `/api/conversations/${String(conversation)}/context`;
    return (await app.client.post(path, { prompt: 'say: fim' })).body;
  };

  beforeAll(async () => {
    app = await startAnsweringApp('sqlite', {
      LLM_MODELS: `${MODEL},${WRITER},quotes`,
      SUMMARY_MODEL: WRITER,
      MODEL_CONTEXT_WINDOW: '2048',
      MAX_OUTPUT_TOKENS: '256',
    });
  });
  beforeEach(async () => {
    conversation = await aConversation(app.client);
  });
  afterAll(() => app.close());

  it('should be made after an answer, paid for, sent, taken back and brought back', async () => {
    writes({ words: ['<summary>A gata ', 'chama-se Mia.</summary> </summary>'] });
    await talk(7);
    const { id, postId, posts, costNanoUsd } = await made();
    expect(posts).toBeGreaterThanOrEqual(2);
    expect((await closed()).map(({ model, outcome }) => [model, outcome])).toContainEqual([
      WRITER,
      'done',
    ]);
    const stream = await askStream(app.client, conversation, { prompt: 'say: fim' });
    const { data } = await stream.untilType('context');
    await stream.all();
    expect(data['summary']).toMatchObject({
      posts: expect.any(Number),
      postId: expect.any(Number),
    });
    expect((data['left'] as { reason: string }[]).map(({ reason }) => reason)).toContain('summary');
    const system = app.provider.requests.findLast(({ model }) => model === 'fake-chat')?.messages[0]
      ?.content;
    expect(system).toContain('<summary>\nA gata chama-se Mia.');
    expect(system?.match(/<\/summary>/g)).toHaveLength(1);
    const path = `/api/summaries/${String(id)}`;
    expect((await app.client.get(path)).body).toMatchObject({
      id,
      postId,
      posts,
      undoneAt: null,
      model: WRITER,
    });
    expect(costNanoUsd).toBeNull();
    for (const { id: each } of await rows()) {
      expect((await app.client.delete(`/api/summaries/${String(each)}`)).status).toBe(204);
    }
    expect(await preview()).toMatchObject({ summary: null });
    const before = (await calls()).length;
    await talk(3);
    expect((await calls()).length).toBe(before);
    expect((await app.client.post(`${path}/restore`)).body).toMatchObject({ undoneAt: null });
    expect(await preview()).toMatchObject({ summary: { id } });
  });

  it('should cost nothing but itself where the model fails, and not be asked for at once again', async () => {
    writes({ status: 500 });
    await talk(6);
    const [call] = await closed();
    expect(call).toMatchObject({ outcome: 'MODEL.UNAVAILABLE' });
    expect(await until(async () => (await rows()).length === 0)).toBe(true);
    const before = (await calls()).length;
    await talk(1);
    expect((await calls()).length).toBe(before);
  });

  it('should not be made of a little', async () => {
    writes({ words: ['nada'] });
    await talk(5);
    expect(await calls()).toEqual([]);
  });

  it.each([
    ['its process is gone', () => 'a process that died', 0],
    ['its end could not be written', () => app.app.get(ProcessId).value, 11 * 60_000],
  ])(
    'should be given up where %s: the call is closed, the place is free',
    async (_, owner, ageMs) => {
      const { id: postId } = await asked(app.client, conversation, 'say: olá');
      const runId = 'f'.repeat(32);
      await app.dataSource.getRepository(Usage).insert({
        ...{
          runId,
          userId: app.admin.user.id,
          username: 'ana',
          conversationId: conversation,
          postId,
        },
        ...{
          purpose: 'summary',
          door: 'web',
          provider: 'openai',
          model: WRITER,
          promptEstimate: 90,
        },
        ...{ estimated: false, openedAt: new Date() },
      });
      await app.dataSource.getRepository(Summary).insert({
        ...{ runId, owner: owner(), conversationId: conversation, afterPostId: null },
        ...{ postId, posts: 1, text: '', tokens: 0, model: WRITER, costNanoUsd: null },
        ...{ createdAt: new Date(Date.now() - ageMs), undoneAt: null },
      });
      expect(await until(async () => (await rows()).length === 0)).toBe(true);
      expect(await calls()).toMatchObject([
        { outcome: 'interrupted', promptTokens: expect.any(Number) },
      ]);
    },
  );
});
