import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TEST_SERVERS } from '../../../db/test/test-databases.js';
import { type HttpProxy, startHttpProxy } from '../fakes/http-proxy.js';
import { type OpenAiServer, startOpenAiServer } from '../fakes/openai-server.js';
import { settingsFor } from '../harness/answering-app.js';
import { aFirstAdministrator, type ApiClient } from '../harness/api-client.js';
import { follow, getPost, openStream } from '../harness/asking.js';
import { type ChildServer, startChildServer } from '../harness/child-server.js';
import { REDIS_URL } from '../harness/event-logs.js';
import { aPlace, type Place } from '../harness/place.js';
import { readSteadily, type Reading } from '../harness/steady-reader.js';
import { postOf, sameAt } from '../harness/two-servers.js';

const words = (many: number) => Array.from({ length: many }, (_, n) => `palavra${String(n)} `);
/** Said within the second that a process has to finish. */
const SHORT = { words: words(15), delayMs: 20 };
/** Ends when the test says so: a process that leaves cannot wait for it. */
const LONG = { words: words(150), delayMs: 20 };
const DRAIN_SECONDS = '1';

const [engine] = TEST_SERVERS;
const WAYS: readonly [string, Record<string, string>][] = [
  ['by polling', {}],
  ...(REDIS_URL === undefined ? [] : [['through Redis', { REDIS_URL }] as [string, never]]),
];

for (const [way, settings] of engine === undefined ? [] : WAYS) {
  describe(`processes that leave one after another, on ${String(engine)}, sharing ${way}`, () => {
    let provider: OpenAiServer;
    let place: Place;
    let proxy: HttpProxy;
    let one: ChildServer;
    let other: ChildServer;
    let client: ApiClient;
    let keys = 0;
    /** Of the long answers being made. */
    let release = Promise.withResolvers<void>();

    const startOne = () => startChildServer({ ...place.settings, DRAIN_SECONDS });

    beforeAll(async () => {
      provider = await startOpenAiServer((request) =>
        JSON.stringify(request.messages.at(-1)).includes('longa')
          ? { ...LONG, endsAfter: release.promise }
          : SHORT,
      );
      place = await aPlace(engine ?? 'mariadb', { ...settingsFor(provider), ...settings });
      one = await startOne();
      other = await startOne();
      proxy = await startHttpProxy([one.url, other.url]);
      const { client: admin } = await aFirstAdministrator(one);
      client = sameAt(proxy, admin);
    });
    afterAll(async () => {
      await Promise.all([one.end('SIGKILL'), other.end('SIGKILL')]);
      await proxy.close();
      await place.drop();
      await provider.close();
    });

    /** Asks wherever the proxy leads, as the browser does: again, under its key, where nobody took it. */
    async function asked(prompt: string) {
      const headers = { 'idempotency-key': `ask-${String((keys += 1))}` };
      for (;;) {
        try {
          return await openStream(client, '/api/posts', {
            method: 'POST',
            body: { prompt },
            headers,
          });
        } catch (error) {
          // A refusal; else nobody was there, or it had just been told to end.
          if (String(error).startsWith('Error: 4')) throw error;
          await wait(100);
        }
      }
    }

    /** Two screens for each of some answers: one where it was asked, one wherever that leads. */
    async function readers(prompt: string, many: number): Promise<Promise<Reading>[]> {
      const streams = await Promise.all(Array.from({ length: many }, () => asked(prompt)));
      const pairs = streams.map(async (stream) => {
        await stream.untilText(20);
        const id = postOf(stream);
        const elsewhere = await follow(client, id);
        return [readSteadily(client, stream, id), readSteadily(client, elsewhere, id)];
      });
      return (await Promise.all(pairs)).flat();
    }

    async function expectWhole(readings: readonly Reading[]) {
      for (const { postId, text, status, faults } of readings) {
        const post = await getPost(client, postId);
        expect({ text, status, faults }).toEqual({
          text: post.body,
          status: post.status,
          faults: [],
        });
        expect(LONG.words.join('').startsWith(text)).toBe(true);
      }
    }

    async function read(prompt: string): Promise<Reading> {
      const stream = await asked(prompt);
      await stream.untilType('post');
      return readSteadily(client, stream);
    }

    /** Lets a process go while answers are being made and asked for. @returns what was read. */
    async function letGo(leaving: ChildServer): Promise<Reading[]> {
      release = Promise.withResolvers();
      const reading = await readers('uma resposta longa', 4);
      const left = leaving.end('SIGTERM');
      let gone = false;
      void left.then(() => (gone = true));
      const late: Promise<Reading>[] = [];
      do {
        late.push(read('uma curta'));
        await wait(150);
      } while (!gone);
      release.resolve();
      expect((await left).code).toBe(0);
      const short = await Promise.all(late);
      expect(short.map(({ status }) => status)).toEqual(short.map(() => 'done'));
      await expectWhole(short);
      return Promise.all(reading);
    }

    it('should show readers neither a gap nor a double, and answer whoever asks meanwhile', async () => {
      const first = await letGo(one);
      await expectWhole(first);
      expect(new Set(first.map(({ status }) => status))).toEqual(new Set(['done', 'interrupted']));

      one = await startOne();
      proxy.targets = [one.url, other.url];
      const second = await letGo(other);
      await expectWhole(second);
      expect(new Set(second.map(({ status }) => status))).toEqual(new Set(['done', 'interrupted']));
    }, 120_000);
  });
}
