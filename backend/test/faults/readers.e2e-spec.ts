import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { startTcpProxy, type TcpProxy } from '../fakes/tcp-proxy.js';
import { type AnsweringApp, startAnsweringApp } from '../harness/answering-app.js';
import { type AnswerStream, joined } from '../harness/answer-stream.js';
import { ApiClient, PASSWORD } from '../harness/api-client.js';
import { aConversation, askStream, follow, getPost } from '../harness/asking.js';
import { eventually, postOf } from './away-scene.js';

// No canary begins with the last letter: nothing of the last word is held back.
const WORDS = Array.from({ length: 100 }, (_, n) => `palavra${String(n)}z `);
const TEXT = WORDS.join('');

/** A proxy closes a connection over which nothing has passed for so long. */
const IDLE_MS = 4000;

// F6, F7 and F14 of the research on reliability: readers that leave, several of them, and silence.
describe('the readers of an answer', () => {
  let app: AnsweringApp;
  let wire: TcpProxy;
  let conversation: number;
  /** Lets the provider end the answers that it makes. */
  let end: () => void;

  beforeAll(async () => {
    app = await startAnsweringApp('sqlite', { STREAM_HEARTBEAT_SECONDS: '1' });
    wire = await startTcpProxy(Number(new URL(app.url).port));
    conversation = await aConversation(app.client);
  });
  afterEach(() => wire.mend());
  afterAll(async () => {
    end();
    await wire.close();
    await app.close();
  });

  /** An answer of which all the words come and whose end is kept back. */
  async function anAnswer(client = app.client): Promise<AnswerStream> {
    const gate = Promise.withResolvers<void>();
    end = gate.resolve;
    app.provider.script({ words: WORDS, delayMs: 2, endsAfter: gate.promise });
    const body = { prompt: 'uma resposta longa', parentId: null };
    const stream = await askStream(client, conversation, body);
    await stream.untilText(50);
    return stream;
  }

  const lastRequest = () => app.provider.requests.at(-1);
  const throughWire = () => {
    const client = new ApiClient(`http://127.0.0.1:${String(wire.port)}`);
    client.token = app.client.token;
    return client;
  };

  describe('whose connection breaks', () => {
    it('should find what it missed in one piece, the answer having gone on', async () => {
      const stream = await anAnswer(throughWire());
      wire.reset();
      await stream.closed;
      await eventually(() => lastRequest()?.sent === WORDS.length);
      expect(lastRequest()?.aborted).toBeUndefined();
      const rest = await follow(app.client, postOf(stream), stream.frames.at(-1)?.id);
      await rest.until(() => joined(rest.frames, stream.text) === TEXT);
      expect(rest.types[0]).toBe('delta');
      end();
      await rest.all();
      expect(joined(rest.frames, stream.text)).toBe(TEXT);
      expect(rest.frames.at(-1)).toMatchObject({ type: 'done', data: { status: 'done' } });
    });

    it('should find the rest after the end as well', async () => {
      const stream = await anAnswer(throughWire());
      wire.reset();
      await stream.closed;
      end();
      const id = postOf(stream);
      await eventually(async () => (await getPost(app.client, id)).status === 'done');
      const rest = await (await follow(app.client, id, stream.frames.at(-1)?.id)).all();
      expect(joined(rest, stream.text)).toBe(TEXT);
      expect(rest.filter(({ type }) => type === 'delta').length).toBeLessThanOrEqual(1);
      expect(rest.at(-1)).toMatchObject({ type: 'done', data: { status: 'done' } });
    });

    it('should lose and double nothing over a wire that drips and breaks again and again', async () => {
      const first = await anAnswer();
      const id = postOf(first);
      const slow = throughWire();
      const had: AnswerStream['frames'] = [];
      for (let breaks = 0; joined(had) !== TEXT; breaks += 1) {
        wire.damage({ dripBytes: 100, breaksAfterBytes: 2500 });
        const part = await follow(slow, id, had.at(-1)?.id);
        const isWhole = () => joined([...had, ...part.frames]) === TEXT;
        await Promise.race([part.closed, part.until(isWhole).catch(() => undefined)]);
        await part.leave();
        had.push(...part.frames);
        expect(breaks).toBeLessThan(50);
      }
      end();
      expect(had.filter(({ type }) => type === 'replace')).toEqual([]);
      expect(joined(await first.all())).toBe(TEXT);
    });
  });

  describe('of which there are several', () => {
    it('should see the same text and the same end, and one of them stops it for all', async () => {
      const tab = await anAnswer();
      const id = postOf(tab);
      const phone = new ApiClient(app.url);
      await phone.signIn('admin', PASSWORD);
      const onPhone = await follow(phone, id);
      const secondTab = await follow(app.client, id);
      const left = await follow(app.client, id);
      await left.untilText(10);
      await left.leave();
      const reloaded = await follow(app.client, id);
      const all = [tab, onPhone, secondTab, reloaded];
      await Promise.all(all.map((stream) => stream.untilText(TEXT.length)));
      expect((await phone.post(`/api/posts/${String(id)}/stop`)).status).toBe(204);
      await Promise.all(all.map((stream) => stream.all()));
      for (const stream of all) {
        expect(stream.text).toBe(TEXT);
        expect(stream.frames.at(-1)).toMatchObject({ type: 'done', data: { status: 'stopped' } });
      }
      expect(await getPost(app.client, id)).toMatchObject({ status: 'stopped', body: TEXT });
      await eventually(() => lastRequest()?.aborted !== undefined);
    });
  });

  describe('of a model that is all but silent', () => {
    it('should stay through a proxy that closes quiet connections, and stop the model', async () => {
      wire.damage({ idleMs: IDLE_MS });
      app.provider.script({ words: ['uma '], endsAfter: new Promise(() => undefined) });
      const reader = throughWire();
      const stream = await askStream(reader, conversation, { prompt: 'devagar', parentId: null });
      await stream.untilText(4);
      // A sign of life a second: together longer than the proxy waits.
      await eventually(() => stream.comments.length >= IDLE_MS / 1000 + 2);
      expect(stream.types).not.toContain('done');
      const id = postOf(stream);
      expect((await app.client.post(`/api/posts/${String(id)}/stop`)).status).toBe(204);
      await stream.all();
      expect(stream.frames.at(-1)).toMatchObject({ type: 'done', data: { status: 'stopped' } });
      await eventually(() => lastRequest()?.aborted !== undefined);
    });
  });
});
