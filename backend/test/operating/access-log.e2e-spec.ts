import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { connect } from 'node:net';
import { type AnsweringApp, startAnsweringApp } from '../harness/answering-app.js';
import { aConversation, askStream, follow } from '../harness/asking.js';
import { startTestApp } from '../harness/test-app.js';

type Line = Readonly<Record<string, unknown>>;

describe('the log of requests', () => {
  const written: string[] = [];
  let app: AnsweringApp;

  beforeAll(async () => {
    app = await startAnsweringApp('sqlite', { LOG_LEVEL: 'debug', LOG_FORMAT: 'json' }, written);
  });
  afterAll(() => app.close());

  const lines = () => written.map((line) => JSON.parse(line) as Line);
  const until = async (found: (line: Line) => boolean): Promise<Line> => {
    for (;;) {
      const line = lines().find(found);
      if (line) return line;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };

  it("should have one line a request, under the caller's own id", async () => {
    const headers = { 'x-request-id': 'ours-1' };
    const answer = await app.client.get('/api/posts?q=segredo', { headers });
    expect(answer.headers.get('x-request-id')).toBe('ours-1');
    const line = await until(({ requestId }) => requestId === 'ours-1');
    expect(line).toEqual({
      level: 30,
      time: expect.any(Number) as unknown,
      pid: process.pid,
      hostname: expect.any(String) as unknown,
      requestId: 'ours-1',
      method: 'GET',
      route: '/api/posts',
      status: 200,
      ms: expect.any(Number) as unknown,
      userId: app.admin.user.id,
    });
    expect(lines().filter(({ requestId }) => requestId === 'ours-1')).toHaveLength(1);
  });

  it('should have one line a stream, at its end, with how long it took', async () => {
    app.provider.script({ words: ['Um ', 'dois ', 'três.'], delayMs: 100 });
    const id = await aConversation(app.client);
    const headers = { 'x-request-id': 'stream-1' };
    const stream = await askStream(app.client, id, { prompt: 'Conte' }, headers);
    expect(stream.response.headers.get('x-request-id')).toBe('stream-1');
    await stream.untilType('delta');
    expect(lines().some(({ requestId }) => requestId === 'stream-1')).toBe(false);
    await stream.all();
    const line = await until(({ requestId }) => requestId === 'stream-1');
    expect(line).toMatchObject({
      method: 'POST',
      route: '/api/conversations/:id/posts',
      status: 200,
      stream: 'done',
      userId: app.admin.user.id,
    });
    expect(line['ms']).toBeGreaterThan(150);
    expect(lines().filter(({ requestId }) => requestId === 'stream-1')).toHaveLength(1);
  });

  it('should tell a reader who left from an answer that failed', async () => {
    app.provider.script({ words: ['Um ', 'dois ', 'três.'], delayMs: 200 });
    const id = await aConversation(app.client);
    const stream = await askStream(app.client, id, { prompt: 'a' }, { 'x-request-id': 'left-1' });
    const { data } = await stream.untilType('post');
    await stream.leave();
    expect(await until(({ requestId }) => requestId === 'left-1')).toMatchObject({
      stream: 'left',
    });
    await (await follow(app.client, Number(data['postId']))).all();

    app.provider.script({ status: 401, body: '{"error":{"message":"no"}}' });
    const headers = { 'x-request-id': 'failed-1' };
    await (await askStream(app.client, id, { prompt: 'b' }, headers)).all();
    const failed = await until(({ requestId }) => requestId === 'failed-1');
    expect(failed).toMatchObject({ status: 200, stream: 'failed' });
  });

  it('should have a line for a caller who left before the answer', async () => {
    app.provider.script({ words: ['Um'], delayMs: 500 });
    const id = await aConversation(app.client);
    const { hostname, port } = new URL(app.url);
    const socket = connect(Number(port), hostname);
    const body = JSON.stringify({ prompt: 'Fala algo' });
    socket.write(
      [
        `POST /api/conversations/${String(id)}/posts HTTP/1.1`,
        'host: a',
        'x-request-id: gone-1',
        `authorization: Bearer ${String(app.client.token)}`,
        'content-type: application/json',
        `content-length: ${String(Buffer.byteLength(body))}`,
        '',
        body,
      ].join('\r\n'),
    );
    await once(socket, 'connect');
    await new Promise((resolve) => setTimeout(resolve, 100));
    socket.destroy();
    expect(await until(({ requestId }) => requestId === 'gone-1')).toMatchObject({ status: 499 });
  });

  it('should keep what probes ask every few seconds below info', async () => {
    for (const path of ['/health', '/health/live', '/health/ready']) {
      const headers = { 'x-request-id': path.replaceAll('/', '.') };
      await app.client.get(path, { headers });
      const line = await until(({ requestId }) => requestId === headers['x-request-id']);
      expect(line).toMatchObject({ level: 20, status: 200, route: path });
    }
  });
});

describe('LOG_FORMAT=text', () => {
  it('should write for people', async () => {
    const written: string[] = [];
    const app = await startTestApp('sqlite', { LOG_LEVEL: 'info', LOG_FORMAT: 'text' }, written);
    await fetch(`${app.url}/api/posts?q=segredo`);
    await app.close();
    expect(written.join('')).toMatch(
      /^\d\d:\d\d:\d\d INFO {2}requestId=[\w-]+ method=GET route=\/api\/posts status=401 ms=\d+$/m,
    );
  });
});
