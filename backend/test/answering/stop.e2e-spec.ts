import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Run, Usage } from '#db';
import { TEST_ENGINES } from '../../../db/test/test-databases.js';
import { ConversationsRepository } from '../../src/conversations/conversations.repository.js';
import { until } from '../fakes/ask-model.js';
import { type AnsweringApp, startAnsweringApp } from '../harness/answering-app.js';
import type { AnswerStream } from '../harness/answer-stream.js';
import { aConversation, asked, askStream, follow, getPost } from '../harness/asking.js';

describe.each(TEST_ENGINES)('stopping an answer on %s', (engine) => {
  let app: AnsweringApp;

  beforeAll(async () => {
    app = await startAnsweringApp(engine);
  });
  afterAll(() => app.close());
  beforeEach(() => {
    app.provider.script({
      delayMs: 10,
      words: Array.from({ length: 500 }, (_, n) => `${String(n)} `),
    });
  });

  const postOf = (stream: AnswerStream) => Number(stream.frames[0]?.data['postId']);
  const lastRequest = () => app.provider.requests.at(-1);
  const stop = (id: number) => app.client.post(`/api/posts/${String(id)}/stop`);
  const ledger = (postId: number) => app.dataSource.getRepository(Usage).findBy({ postId });

  async function aLongAnswer(): Promise<{
    conversation: number;
    stream: AnswerStream;
    id: number;
  }> {
    const conversation = await aConversation(app.client);
    const stream = await askStream(app.client, conversation, { prompt: 'conte até 500' });
    await stream.untilText(20);
    return { conversation, stream, id: postOf(stream) };
  }

  it('should reach the provider while it speaks, and keep the text', async () => {
    const { stream, id } = await aLongAnswer();
    expect((await stop(id)).status).toBe(204);
    await stream.all();
    await until(() => lastRequest()?.aborted !== undefined);
    expect(lastRequest()?.sent).toBeLessThan(500);
    expect(stream.frames.at(-1)).toMatchObject({ type: 'done', data: { status: 'stopped' } });
    const post = await getPost(app.client, id);
    expect(post).toMatchObject({ status: 'stopped', error: null, body: stream.text });
    expect(post.body.length).toBeGreaterThanOrEqual(20);
  });

  it('should close the ledger with what was generated, counted by us', async () => {
    const { stream, id } = await aLongAnswer();
    await stop(id);
    await stream.all();
    const [row, ...more] = await ledger(id);
    expect(more).toEqual([]);
    expect(row).toMatchObject({ outcome: 'stopped', estimated: true, provider: 'openai' });
    expect(row?.closedAt).toBeInstanceOf(Date);
    expect(row?.completionTokens).toBeGreaterThan(5);
  });

  it('should stop before the first word', async () => {
    app.provider.script({ silent: true });
    const conversation = await aConversation(app.client);
    const stream = await askStream(app.client, conversation, { prompt: 'conta algo' });
    const id = Number((await stream.untilType('context')) && postOf(stream));
    expect((await stop(id)).status).toBe(204);
    await stream.all();
    expect(await getPost(app.client, id)).toMatchObject({ status: 'stopped', body: '' });
  });

  it('should end all readers, and change nothing when asked again', async () => {
    const { stream, id } = await aLongAnswer();
    const second = await follow(app.client, id);
    await stop(id);
    await Promise.all([stream.all(), second.all()]);
    expect(second.text).toBe(stream.text);
    const before = await getPost(app.client, id);
    expect((await stop(id)).status).toBe(204);
    expect(await getPost(app.client, id)).toEqual(before);
  });

  it('should stop what is answered in a conversation that goes to the trash', async () => {
    const { conversation, stream, id } = await aLongAnswer();
    expect((await app.client.delete(`/api/conversations/${String(conversation)}`)).status).toBe(
      204,
    );
    await stream.all();
    expect(stream.frames.at(-1)?.data).toEqual({ status: 'stopped' });
    expect(await getPost(app.client, id)).toMatchObject({ status: 'stopped', body: stream.text });
    expect(await ledger(id)).toMatchObject([{ outcome: 'stopped' }]);
  });

  it('should ledger what was answered in a conversation deleted for good', async () => {
    const { conversation, stream, id } = await aLongAnswer();
    const path = `/api/conversations/${String(conversation)}/permanently`;
    expect((await app.client.delete(path)).status).toBe(204);
    await stream.all();
    expect(stream.frames.at(-1)?.data).toEqual({ status: 'stopped' });
    expect((await app.client.get(`/api/posts/${String(id)}`)).status).toBe(404);
    expect(await app.dataSource.getRepository(Run).countBy({ postId: id })).toBe(0);
    const [row] = await ledger(id);
    expect(row).toMatchObject({ outcome: 'stopped', conversationId: conversation });
    expect(row?.closedAt).toBeInstanceOf(Date);
    await until(() => lastRequest()?.aborted !== undefined);
  });

  it('should be stopped, not interrupted, where another process deletes the conversation', async () => {
    const { conversation, stream, id } = await aLongAnswer();
    await app.app.get(ConversationsRepository).deleteForGood([conversation]);
    await stream.all();
    expect(stream.frames.at(-1)?.data).toEqual({ status: 'stopped' });
    expect(await ledger(id)).toMatchObject([{ outcome: 'stopped' }]);
  });

  it('should not stop the answers of other conversations', async () => {
    app.provider.script({ delayMs: 20 });
    const other = askStream(app.client, await aConversation(app.client), {
      prompt: 'say: esta aqui continua até o fim sem parar',
    });
    const ended = await aConversation(app.client);
    await asked(app.client, ended, 'say: pare');
    await app.client.delete(`/api/conversations/${String(ended)}`);
    const stream = await other;
    await stream.all();
    expect(stream.text).toBe('esta aqui continua até o fim sem parar');
  });
});
