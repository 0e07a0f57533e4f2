import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ApiClient, ApiClient as Client } from '../../backend/test/harness/api-client.js';
import { aConversation, askStream, follow, getPost } from '../../backend/test/harness/asking.js';
import { anInstallation, type Installation } from './harness/behind-nginx.ts';

const WORD_MS = 60;
const WORDS = Array.from({ length: 25 }, (_, n) => `palavra${String(n)}`);
const ANSWER = WORDS.join(' ');

describe('answers through nginx', () => {
  let installation: Installation;
  let admin: ApiClient;

  beforeAll(async () => {
    installation = await anInstallation(WORD_MS);
    const { body } = await new Client(installation.nginx.url).get('/api/setup');
    expect(body).toEqual({ needed: true, codeRequired: true });
    admin = await installation.setUp();
  });

  afterAll(() => installation.close());

  it('should arrive word by word, as the model says them', async () => {
    const stream = await askStream(admin, await aConversation(admin), { prompt: `say: ${ANSWER}` });
    const frames = await stream.all();
    const deltas = frames.filter(({ type }) => type === 'delta');
    expect(stream.text).toBe(ANSWER);
    expect(stream.response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    // Held back anywhere, words would come together: fewer frames, and all at the end.
    expect(deltas.length).toBeGreaterThan(WORDS.length * 0.8);
    const took = Number(deltas.at(-1)?.at) - Number(deltas[0]?.at);
    expect(took).toBeGreaterThan(WORD_MS * WORDS.length * 0.8);
    const gaps = deltas.slice(1).map(({ at }, n) => at - Number(deltas[n]?.at));
    expect(Math.max(...gaps)).toBeLessThan(WORD_MS * 8);
  });

  it('should be resumed in the middle where the reader was', async () => {
    const first = await askStream(admin, await aConversation(admin), { prompt: `say: ${ANSWER}` });
    const { data } = await first.untilType('post');
    await first.untilText(40);
    await first.leave();
    const second = await follow(admin, Number(data['postId']), first.frames.at(-1)?.id);
    await second.all();
    expect(second.types.at(-1)).toBe('done');
    const kept = first.text;
    const [next] = second.frames.filter(({ type }) => type === 'delta');
    expect(next?.data['at']).toBe(kept.length);
    expect((await getPost(admin, Number(data['postId']))).body).toBe(ANSWER);
  });

  it('should tell the backend at once that a reader of JSON has left', async () => {
    const leaving = new AbortController();
    const id = await aConversation(admin);
    const asking = fetch(`${admin.url}/api/conversations/${String(id)}/posts`, {
      method: 'POST',
      signal: leaving.signal,
      headers: {
        authorization: `Bearer ${String(admin.token)}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ prompt: `say: ${ANSWER}` }),
    });
    await new Promise((resolve) => setTimeout(resolve, WORD_MS * 4));
    leaving.abort();
    await expect(asking).rejects.toThrow();
    // The run belongs to the server: it goes on to its end.
    const { body } = await admin.get(`/api/conversations/${String(id)}/posts`);
    const [post] = body['items'] as { id: number }[];
    await (await follow(admin, Number(post?.id))).all();
    expect((await getPost(admin, Number(post?.id))).body).toBe(ANSWER);
  });

  it('should be finished before nginx stops', async () => {
    const stream = await askStream(admin, await aConversation(admin), { prompt: `say: ${ANSWER}` });
    await stream.untilText(20);
    const stopped = installation.nginx.stop('SIGQUIT');
    await stream.all();
    expect(stream.text).toBe(ANSWER);
    expect(stream.types.at(-1)).toBe('done');
    expect(await stopped).toBe(0);
    await expect(fetch(`${admin.url}/health/live`)).rejects.toThrow();
  });
});
