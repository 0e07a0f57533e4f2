import net from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import Fastify, { type FastifyInstance } from 'fastify';
import type { ReleasedText } from '../../guardrails/guarded.js';
import { SseStream } from './sse-stream.js';

const HEARTBEAT_MS = 15_000;

describe(SseStream.name, () => {
  let fastify: FastifyInstance;
  let opened: PromiseWithResolvers<SseStream>;
  let closed: PromiseWithResolvers<void>;
  let allowed = true;

  beforeEach(async () => {
    allowed = true;
    opened = Promise.withResolvers();
    closed = Promise.withResolvers();
    fastify = Fastify();
    fastify.get('/', (_request, reply) => {
      void reply.header('x-request-id', 'r1');
      const stream = new SseStream(reply, 'en', () => Promise.resolve(allowed), HEARTBEAT_MS);
      stream.onClose(closed.resolve);
      opened.resolve(stream);
    });
    await fastify.listen({ port: 0, host: '127.0.0.1' });
  });
  afterEach(async () => {
    jest.useRealTimers();
    fastify.server.closeAllConnections();
    await fastify.close();
  });

  const delta = (seq: number, text: string) => ({
    position: { seq, chars: text.length },
    event: { type: 'delta' as const, at: 0, text: text as ReleasedText },
  });

  /** A client that speaks HTTP by hand, so that it can stop reading. */
  async function connect(version = '1.1') {
    const { port } = fastify.server.address() as AddressInfo;
    const socket = net.connect(port, '127.0.0.1');
    let text = '';
    socket.on('data', (part) => (text += part.toString()));
    const ended = new Promise<void>((resolve) => socket.on('close', () => resolve()));
    socket.on('error', () => undefined);
    socket.write(`GET / HTTP/${version}\r\nHost: localhost\r\n\r\n`);
    const stream = await opened.promise;
    const until = async (wanted: string) => {
      while (!text.includes(wanted)) await new Promise((resolve) => setImmediate(resolve));
    };
    return { socket, stream, ended, until, text: () => text };
  }

  it('should begin at once, with the headers of the reply, and never be kept', async () => {
    const { until, text } = await connect();
    await until('\r\n\r\n');
    expect(text()).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    for (const header of [
      'x-request-id: r1',
      'content-type: text/event-stream; charset=utf-8',
      'cache-control: no-store, no-transform',
      'x-accel-buffering: no',
    ]) {
      expect(text()).toContain(header);
    }
  });

  it('should send together what is ready together', async () => {
    const { stream, until, text } = await connect();
    stream.send(delta(1, 'a'));
    stream.send({ ...delta(2, 'b'), position: { seq: 2, chars: 2 } });
    await until('id: 2.2');
    expect(text()).toContain('data: {"at":0,"text":"ab"}');
    expect(text()).not.toContain('id: 1.1');
  });

  it('should tell the length of each chunk in bytes', async () => {
    const { stream, until, text } = await connect();
    stream.send(delta(1, 'é😀'));
    await until('id: 1.3');
    await until('\n\n\r\n');
    const frame = 'id: 1.3\nevent: delta\ndata: {"at":0,"text":"é😀"}\n\n';
    expect(text()).toContain(`\r\n\r\n${Buffer.byteLength(frame).toString(16)}\r\n${frame}\r\n`);
  });

  it('should send no chunks to a client of HTTP/1.0', async () => {
    const { stream, until, text } = await connect('1.0');
    stream.send(delta(1, 'a'));
    await until('"text":"a"}\n\n');
    expect(text().split('\r\n\r\n')[1]).toMatch(/^id: 1\.1\n/);
  });

  it('should wait its turn behind an earlier reply of the same connection', async () => {
    const { socket, stream: first, until, text } = await connect();
    opened = Promise.withResolvers();
    socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    const second = await opened.promise;
    second.send(delta(1, 'second'));
    first.send(delta(1, 'first'));
    await until('"text":"first"');
    expect(text()).not.toContain('second');
    first.send({ position: { seq: 2, chars: 5 }, event: { type: 'done', status: 'done' } });
    await until('"text":"second"');
    second.send(delta(2, 'third'));
    await until('"text":"third"');
    expect(text().match(/first|\r\n0\r\n\r\nHTTP|second|third/g)).toEqual([
      'first',
      '\r\n0\r\n\r\nHTTP',
      'second',
      'third',
    ]);
  });

  it('should end after done', async () => {
    const { socket, stream, until } = await connect();
    stream.send({ position: { seq: 1, chars: 0 }, event: { type: 'done', status: 'done' } });
    await until('event: done');
    await until('\r\n0\r\n\r\n');
    await closed.promise;
    socket.destroy();
  });

  it('should give a sign of life every 15 seconds', async () => {
    jest.useFakeTimers({
      doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask', 'performance'],
    });
    const { until, text } = await connect();
    await until('\r\n\r\n');
    jest.advanceTimersByTime(HEARTBEAT_MS - 1);
    expect(text()).not.toContain(': still here');
    jest.advanceTimersByTime(1);
    await until(': still here\n\n');
  });

  it('should end, at its next sign of life, for a reader who may not read any more', async () => {
    jest.useFakeTimers({
      doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask', 'performance'],
    });
    const { ended } = await connect();
    allowed = false;
    jest.advanceTimersByTime(HEARTBEAT_MS);
    await ended;
    await closed.promise;
  });

  it('should give no more signs of life once its reader has left', async () => {
    jest.useFakeTimers({
      doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask', 'performance'],
    });
    const { socket } = await connect();
    const before = jest.getTimerCount();
    socket.destroy();
    await closed.promise;
    expect(jest.getTimerCount()).toBeLessThan(before);
  });

  it('should cut off a reader with a megabyte unsent', async () => {
    const { socket, stream } = await connect();
    socket.pause();
    const part = 'x'.repeat(1024 * 1024);
    let cut = false;
    void closed.promise.then(() => (cut = true));
    for (let seq = 1; !cut && seq < 100; seq += 1) {
      stream.send(delta(seq, part));
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(cut).toBe(true);
    socket.destroy();
  });
});
