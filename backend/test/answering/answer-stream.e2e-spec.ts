import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { PostPart } from '#db';
import { type Frame, joined } from '../harness/answer-stream.js';
import { type AnsweringApp, startAnsweringApp } from '../harness/answering-app.js';
import {
  aConversation,
  ask,
  asked,
  askStream,
  expectPost,
  follow,
  getPost,
} from '../harness/asking.js';

const ANSWER = 'olá, coração 🙂 — isto é uma resposta com várias palavras';
const PROMPT = `say: ${ANSWER}`;

const idOf = (frames: readonly Frame[]) => Number(frames[0]?.data['postId']);
const withoutText = (frames: readonly Frame[]) =>
  frames.filter(({ type }) => type !== 'delta').map(({ id, type }) => `${id} ${type}`);

describe('the stream of an answer', () => {
  let app: AnsweringApp;

  beforeAll(async () => {
    app = await startAnsweringApp();
  });
  afterAll(() => app.close());
  beforeEach(() => {
    app.provider.script({ delayMs: 5 });
  });

  it('should tell the events in order and end with exactly one done', async () => {
    const stream = await askStream(app.client, await aConversation(app.client), { prompt: PROMPT });
    const frames = await stream.all();
    const types = stream.types.filter((type, at) => type !== stream.types[at - 1]);
    expect(types).toEqual(['post', 'route', 'context', 'delta', 'title', 'usage', 'done']);
    expect(frames.filter(({ type }) => type === 'done')).toHaveLength(1);
    expect(frames.at(-1)?.data).toEqual({ status: 'done' });
    expect(stream.text).toBe(ANSWER);
  });

  it('should number each event by its place and the characters so far', async () => {
    const stream = await askStream(app.client, await aConversation(app.client), { prompt: PROMPT });
    let before = 0;
    let chars = 0;
    for (const { id, type, data } of await stream.all()) {
      const [seq = '', length = ''] = id.split('.');
      expect(Number(seq)).toBeGreaterThan(before);
      before = Number(seq);
      if (type === 'delta') {
        expect(data['at']).toBe(chars);
        chars += String(data['text']).length;
      }
      expect(Number(length)).toBe(chars);
    }
    expect(chars).toBe(ANSWER.length);
  });

  it('should send what JSON gets: the same post, with its counts', async () => {
    const conversation = await aConversation(app.client);
    const answer = await ask(app.client, conversation, { prompt: PROMPT });
    const post = expectPost(answer);
    expect(answer.headers.get('content-type')).toContain('application/json');
    expect(post).toMatchObject({ body: ANSWER, status: 'done', error: null, prompt: PROMPT });
    expect(post.usage).toMatchObject({ completionTokens: 11, estimated: false });
    expect(await getPost(app.client, post.id)).toEqual(post);
  });

  it('should resume at every event: no text and no other event lost or doubled', async () => {
    const stream = await askStream(app.client, await aConversation(app.client), { prompt: PROMPT });
    const frames = await stream.all();
    expect(frames.length).toBeGreaterThan(12);
    for (const [at, { id }] of frames.slice(0, -1).entries()) {
      const had = frames.slice(0, at + 1);
      const resumed = await (await follow(app.client, idOf(frames), id)).all();
      expect(joined(resumed, joined(had))).toBe(ANSWER);
      expect(lengthOf(had) + lengthOf(resumed)).toBe(ANSWER.length);
      expect([...withoutText(had), ...withoutText(resumed)]).toEqual(withoutText(frames));
    }
  });

  it('should resume while the answer is being made', async () => {
    const { promise: until, resolve: goOn } = Promise.withResolvers<undefined>();
    app.provider.script({ pauseAfter: { words: 4, until } });
    const stream = await askStream(app.client, await aConversation(app.client), { prompt: PROMPT });
    await stream.untilText(10);
    await stream.leave();
    const had = [...stream.frames];
    const resumed = await follow(app.client, idOf(had), had.at(-1)?.id);
    goOn(undefined);
    const rest = await resumed.all();
    expect(joined(rest, joined(had))).toBe(ANSWER);
    expect(joined(had)).not.toBe(ANSWER);
    expect([...withoutText(had), ...withoutText(rest)].map((line) => line.split(' ')[1])).toEqual([
      ...['post', 'route', 'context', 'title', 'usage', 'done'],
    ]);
  });

  it('should end a reader who already has the end', async () => {
    const stream = await askStream(app.client, await aConversation(app.client), { prompt: PROMPT });
    const frames = await stream.all();
    const resumed = await follow(app.client, idOf(frames), frames.at(-1)?.id);
    expect((await resumed.all()).map(({ type }) => type)).toEqual(['done']);
  });

  it('should begin anew for a position that it does not understand', async () => {
    const { id } = await asked(app.client, await aConversation(app.client), PROMPT);
    for (const position of ['nonsense', '1', '-1.-1', '9999999999.1']) {
      const stream = await follow(app.client, id, position);
      await stream.all();
      expect(stream.types[0]).toBe('post');
      expect(stream.text).toBe(ANSWER);
    }
  });

  it('should replace the text of a reader who has more than there is', async () => {
    const { id } = await asked(app.client, await aConversation(app.client), PROMPT);
    const stream = await follow(app.client, id, `3.${String(ANSWER.length + 7)}`);
    const frames = await stream.all();
    expect(frames[0]).toMatchObject({ type: 'replace', data: { text: ANSWER } });
    expect(frames.at(-1)?.type).toBe('done');
    expect(joined(frames, `${ANSWER} e mais`)).toBe(ANSWER);
  });

  it('should tell several readers the same, and go on when the first one leaves', async () => {
    const first = await askStream(app.client, await aConversation(app.client), { prompt: PROMPT });
    await first.untilText(5);
    const second = await follow(app.client, idOf(first.frames));
    const third = await follow(app.client, idOf(first.frames));
    await first.leave();
    const [a, b] = await Promise.all([second.all(), third.all()]);
    expect(second.text).toBe(ANSWER);
    expect(third.text).toBe(ANSWER);
    expect(withoutText(a)).toEqual(withoutText(b));
    expect(await getPost(app.client, idOf(a))).toMatchObject({ status: 'done', body: ANSWER });
  });

  it('should finish an answer that nobody follows', async () => {
    const stream = await askStream(app.client, await aConversation(app.client), { prompt: PROMPT });
    const { data } = await stream.untilType('post');
    await stream.leave();
    const post = await untilEnded(Number(data['postId']));
    expect(post).toMatchObject({ status: 'done', body: ANSWER });
    expect(app.provider.requests.at(-1)?.aborted).toBeUndefined();
  });

  it('should store shown text every 250 ms while an answer is being made', async () => {
    app.provider.script({ delayMs: 60 });
    const stream = await askStream(app.client, await aConversation(app.client), { prompt: PROMPT });
    await stream.untilText(10);
    const shown = stream.text.length;
    await wait(300);
    const post = await getPost(app.client, idOf(stream.frames));
    expect(post.status).toBe('answering');
    expect(post.body.length).toBeGreaterThanOrEqual(shown);
    expect(ANSWER.startsWith(post.body)).toBe(true);
    await stream.all();
    expect(await app.dataSource.getRepository(PostPart).countBy({ postId: post.id })).toBe(0);
  });

  it('should refuse a stream with JSON before anything is accepted', async () => {
    await expect(askStream(app.client, 999_999, { prompt: 'conta algo' })).rejects.toThrow(
      /^404 \{"error":\{"code":"CONVERSATION.NOT_FOUND"/,
    );
  });

  async function untilEnded(id: number) {
    for (;;) {
      const post = await getPost(app.client, id);
      if (post.status !== 'answering') return post;
      await wait(20);
    }
  }
});

const lengthOf = (frames: readonly Frame[]) =>
  frames.reduce(
    (sum, { type, data }) => sum + (type === 'delta' ? String(data['text']).length : 0),
    0,
  );
