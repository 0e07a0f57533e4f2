import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fold } from '#db';
import { TEST_ENGINES } from '../../../db/test/test-databases.js';
import HOSTILE_PAYLOADS from '../../../testing/hostile-payloads.json' with { type: 'json' };
import { railsOff } from '../harness/rails-off.js';
import { follow } from './event-reader.js';
import { aConversation, aPost, asking, aScene, type Scene } from './given.js';
import { jsonOf, send } from './wire.js';

/** What breaks a parser of ours rather than a browser. */
const FOR_OUR_PARSERS = [
  'data: {"type":"done"}\n\nevent: done\nid: 9.9\ndata: {}\n\n: heartbeat\n\n',
  '\r\n\r\nHTTP/1.1 200 OK\r\nSet-Cookie: a=b\r\n\r\n',
  '{"error":{"code":"AUTH.REQUIRED"}}',
  '[DONE]',
  '\u2028\u2029\u0085\u001b[31m\u202eabc\u202c\ufeff',
  'meia \ud83d\ude00 e \ud83d\udc69\u200d\ud83d\udc69\u200d\ud83d\udc67',
  '{placeholder} ${x} {{y}} %s %d',
  '__proto__ constructor toString',
];
const PAYLOADS = [...HOSTILE_PAYLOADS, ...FOR_OUR_PARSERS];

/** The text whose letters change their number when they are folded, in front of what is sought. */
const FOLDED = 'ﬁm İstanbul ß ½ e\u0301 ﷺ ';

interface Item {
  readonly title: string;
  readonly postId: number | null;
  readonly snippet: { readonly text: string; readonly hits: readonly [number, number][] } | null;
}

describe.each(TEST_ENGINES)('hostile text on %s', (engine) => {
  let scene: Scene;

  beforeAll(async () => {
    // What the rails would take out is what this looks at.
    scene = await aScene(engine, railsOff());
  });

  afterAll(() => scene.close());

  const search = async (q: string): Promise<Item[]> => {
    const path = `/api/conversations?q=${encodeURIComponent(q)}`;
    return jsonOf<{ items: Item[] }>(await send(scene.app, { path, token: scene.ana.token })).items;
  };

  it.each(PAYLOADS)('should arrive as it was written, a piece at a time: %j', async (payload) => {
    const { app, provider, ana } = scene;
    // A piece for each UTF-16 unit would cut characters in two, which JSON cannot carry.
    provider.script({ words: Array.from(payload) });
    const id = await aConversation(app, ana);
    const reader = await follow(app, asking(id, ana, { prompt: payload }));
    expect(await reader.text()).toBe(payload);
    const { data } = await reader.until('post');
    const path = `/api/posts/${String(data['postId'])}`;
    const post = await send(app, { path, token: ana.token });
    expect(post.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(jsonOf(post)).toMatchObject({ prompt: payload, body: payload, status: 'done' });
    const again = await follow(app, { path: `${path}/events`, token: ana.token });
    expect(await again.text()).toBe(payload);
  });

  it('should arrive as it was written from every place at which a reader comes back', async () => {
    const { app, provider, ana } = scene;
    const payload = PAYLOADS.slice(0, 4).join('\n');
    provider.script({ words: Array.from(payload) });
    const post = await aPost(app, ana, await aConversation(app, ana), 'Tudo');
    for (let from = 0; from <= payload.length; from += 1) {
      const reader = await follow(app, {
        path: `/api/posts/${String(post.id)}/events`,
        token: ana.token,
        headers: { 'last-event-id': `3.${String(from)}` },
      });
      expect(await reader.text()).toBe(payload.slice(from));
    }
  });

  it.each(PAYLOADS)('should be plain text in titles, lists and snippets: %j', async (payload) => {
    const { app, provider, ana } = scene;
    const word = `canario${String(PAYLOADS.indexOf(payload))}`;
    const prompt = `${payload} ${word}pergunta`;
    const body = `${FOLDED}${payload} ${word}resposta ${payload}`;
    provider.script({ words: [body] });
    await aPost(app, ana, await aConversation(app, ana), prompt);

    for (const q of [`${word}pergunta`, `${word}resposta`, word]) {
      const [item, ...more] = await search(q);
      expect(more).toEqual([]);
      const { text, hits } = item?.snippet ?? { text: '', hits: [] };
      expect(hits.length).toBeGreaterThan(0);
      for (const [start, end] of hits) {
        expect(fold(text.slice(start, end))).toBe(q);
      }
      const inside = text.replace(/^…|…$/g, '');
      expect(`${prompt}\n${body}`.replace(/\s/g, ' ')).toContain(inside);
    }
    // A title is the beginning of the prompt, with its white space made one space.
    const title = (await search(word))[0]?.title ?? '';
    expect(title).not.toBe('');
    expect(prompt.replace(/\s+/g, ' ')).toContain(title.replace(/…$/, ''));
  });

  it('should keep a title that a person chose as it is', async () => {
    const { app, ana } = scene;
    for (const payload of HOSTILE_PAYLOADS) {
      const title = payload.trim();
      const id = await aConversation(app, ana, { title });
      const path = `/api/conversations/${String(id)}`;
      expect(jsonOf(await send(app, { path, token: ana.token }))).toMatchObject({ title });
    }
  });
});
