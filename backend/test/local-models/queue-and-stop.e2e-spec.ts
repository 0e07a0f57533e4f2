import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { aPerson, type ApiClient } from '../harness/api-client.js';
import type { AnswerStream } from '../harness/answer-stream.js';
import { aConversation, asked, askStream, getPost } from '../harness/asking.js';
import { type LocalApp, ModelShelf, modelProcesses, startLocalApp } from './local-scene.js';

const TALKER = 'llama/talker.gguf';
const SLOW = 'llama/slow.gguf';
const SCRIPTED = 'llama/scripted.gguf';

describe('the queue of a model on this machine', () => {
  const shelf = new ModelShelf();
  let app: LocalApp;

  beforeAll(async () => {
    shelf.llama('talker.gguf', { endless: true, width: 256, layers: 4 });
    // Reads 3,000 tokens in some seconds.
    shelf.llama('slow.gguf', { endless: true, width: 768, layers: 6, contextLength: 4096 });
    shelf.llama('scripted.gguf');
    app = await startLocalApp(shelf, {
      LLM_MODELS: [TALKER, SLOW, SCRIPTED, 'quotes'].join(),
      LOCAL_MODEL_IDLE_SECONDS: '2',
      MAX_OUTPUT_TOKENS: '1000',
    });
  });
  afterAll(async () => {
    await app.close();
    expect(modelProcesses(shelf)).toEqual([]);
    shelf.remove();
  });

  const postOf = (stream: AnswerStream) => Number(stream.frames[0]?.data['postId']);
  const stop = (stream: AnswerStream) =>
    app.admin.client.post(`/api/posts/${String(postOf(stream))}/stop`);
  const streams: AnswerStream[] = [];
  const askModel = async (
    model: string,
    prompt = 'um modelo',
    client: ApiClient = app.admin.client,
  ): Promise<AnswerStream> => {
    const stream = await askStream(client, await aConversation(client), { prompt, model });
    streams.push(stream);
    return stream;
  };
  const until = async (condition: () => boolean, ms = 40_000): Promise<void> => {
    const deadline = performance.now() + ms;
    while (!condition()) {
      if (performance.now() > deadline) throw new Error('it did not come about in time');
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  /** What a reader was told, without reminders. */
  const positions = (stream: AnswerStream) =>
    stream.frames
      .filter(({ type }) => type === 'queued')
      .map(({ data }) => data['position'])
      .filter((position, at, all) => position !== all[at - 1]);

  afterEach(async () => {
    for (const stream of streams.splice(0)) {
      if (stream.types.at(-1) !== 'done') await stop(stream);
      await stream.closed;
    }
  });

  it('should tell who waits which position it is, and give each person a turn', async () => {
    const other = await aPerson(app, app.admin, 'ana');
    const first = await askModel(TALKER);
    await first.untilText(1);
    const second = await askModel(TALKER, 'dois');
    const third = await askModel(TALKER, 'três');
    expect((await third.untilType('queued')).data).toEqual({ position: 2 });
    // Somebody else goes before the third question of one person.
    const theirs = await askModel(TALKER, 'eu', other.client);
    expect((await theirs.untilType('queued')).data).toEqual({ position: 2 });
    await third.until(({ data }) => data['position'] === 3);
    await stop(first);
    await second.untilText(1);
    expect(positions(second)).toEqual([1, 0]);
    await stop(second);
    await theirs.untilText(1);
    expect(positions(theirs)).toEqual([2, 1, 0]);
    await stop(theirs);
    await third.untilText(1);
    expect(positions(third)).toEqual([2, 3, 2, 1, 0]);
    expect(modelProcesses(shelf)).toHaveLength(1);
  });

  it('should leave the queue at once when it is stopped there', async () => {
    const first = await askModel(TALKER);
    await first.untilText(1);
    const second = await askModel(TALKER);
    const third = await askModel(TALKER);
    await third.until(({ data }) => data['position'] === 2);
    await stop(second);
    await second.closed;
    expect(second.frames.at(-1)?.data).toEqual({ status: 'stopped' });
    await third.until(({ data }) => data['position'] === 1);
  });

  it('should stop between two tokens and keep the process', async () => {
    const stream = await askModel(TALKER);
    await stream.untilText(20);
    const before = modelProcesses(shelf);
    expect(before).toHaveLength(1);
    await stop(stream);
    await stream.closed;
    const post = await getPost(app.admin.client, postOf(stream));
    expect(post).toMatchObject({ status: 'stopped', body: stream.text });
    await (await askModel(TALKER)).untilText(1);
    expect(modelProcesses(shelf)).toEqual(before);
  });

  it('should stop while a long prompt is read, by ending and restarting the process', async () => {
    await (await askModel(SLOW)).untilText(1);
    const talk = streams.at(-1);
    if (talk) await stop(talk);
    const [before] = modelProcesses(shelf);
    const stream = await askModel(SLOW, 'o prazo é curto e a casa é grande. '.repeat(90));
    await stream.untilType('context');
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(stream.text).toBe('');
    await stop(stream);
    await until(() => !modelProcesses(shelf).includes(Number(before)));
    await stream.closed;
    expect(stream.frames.at(-1)?.data).toEqual({ status: 'stopped' });
    await until(() => modelProcesses(shelf).length === 1);
    await (await askModel(SLOW)).untilText(1);
  });

  it('should lose only the answer whose process dies', async () => {
    const first = await askModel(TALKER);
    await first.untilText(5);
    const next = await askModel(SCRIPTED);
    await next.untilType('queued');
    for (const pid of modelProcesses(shelf)) process.kill(pid, 'SIGKILL');
    await first.closed;
    const post = await getPost(app.admin.client, postOf(first));
    expect(post).toMatchObject({ status: 'interrupted', error: { code: 'MODEL.CUT_SHORT' } });
    expect(post.body).toBe(first.text);
    await next.closed;
    expect(next.text).toBe('Olá, sou um modelo minúsculo.');
    const { status } = await app.admin.client.get('/health');
    expect(status).toBe(200);
  });

  it('should turn away who comes when too many wait', async () => {
    const all = await Promise.all(Array.from({ length: 40 }, () => askModel(TALKER)));
    // One is answered, 32 wait.
    const refused = () => all.filter(({ types }) => types.includes('error'));
    await until(() => refused().length === 7, 30_000);
    await Promise.all(refused().map(({ closed }) => closed));
    const [first] = refused();
    if (!first) throw new Error('nobody was turned away');
    const post = await getPost(app.admin.client, postOf(first));
    expect(post).toMatchObject({ status: 'failed', error: { code: 'MODEL.BUSY' } });
    // It is the queue that is full: the model is as well as before, for whoever asks next.
    const { body } = await app.admin.client.get('/api/models');
    expect(body['items']).toContainEqual(expect.objectContaining({ id: TALKER, available: true }));
  });

  it('should give the memory back when nobody has asked for a while, and come again', async () => {
    const client = app.admin.client;
    await asked(client, await aConversation(client), 'um modelo', { model: SCRIPTED });
    expect(modelProcesses(shelf)).toHaveLength(1);
    await until(() => modelProcesses(shelf).length === 0);
    const post = await asked(client, await aConversation(client), 'um modelo', { model: SCRIPTED });
    expect(post).toMatchObject({ status: 'done' });
  });
});
