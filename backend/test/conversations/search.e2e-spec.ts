import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TEST_ENGINES } from '../../../db/test/test-databases.js';
import type { ConversationListItem } from '../../src/conversations/conversations.schema.js';
import { aPerson, type ApiClient } from '../harness/api-client.js';
import { type AnsweringApp, startAnsweringApp } from '../harness/answering-app.js';
import { aConversation, asked, conversationsOf } from '../harness/asking.js';
import { readPages } from '../harness/pages.js';

describe.each(TEST_ENGINES)('searching conversations on %s', (engine) => {
  let app: AnsweringApp;
  let client: ApiClient;

  beforeAll(async () => {
    app = await startAnsweringApp(engine);
    ({ client } = app);
  });
  afterAll(() => app.close());

  const find = (q: string, more = '') =>
    conversationsOf(client, `q=${encodeURIComponent(q)}${more}`);
  const marked = ({ snippet }: ConversationListItem) =>
    snippet?.hits.map(([from, to]) => snippet.text.slice(from, to));

  it.each([
    ['coracao', 'O coração bate', 'coração'],
    ['CORAÇÃO', 'outro coracao', 'coracao'],
    ['ia', 'A IA responde', 'IA'],
    ['são paulo', 'Moro em Sao Paulo', 'Sao Paulo'],
    ['biblio', 'Uma bibliotecária', 'biblio'],
  ])('should find %j in %j', async (q, prompt, expected) => {
    const id = await aConversation(client, { title: 'sem relação' });
    const post = await asked(client, id, `say: nada\n${prompt}`);
    const hit = (await find(q)).find((item) => item.id === id);
    expect(hit).toMatchObject({ postId: post.id });
    expect(hit && marked(hit)?.join(' ')).toBe(expected);
  });

  it('should find words of an answer, and of a title', async () => {
    const answered = await aConversation(client, { title: 'um' });
    await asked(client, answered, 'say: ornitorrinco azul');
    const titled = await aConversation(client, { title: 'Plano do Zepelim' });
    expect((await find('ornitorrinco')).map(({ id }) => id)).toEqual([answered]);
    const [hit, ...others] = await find('zepelim');
    expect(others).toEqual([]);
    expect(hit).toMatchObject({ id: titled, postId: null });
    expect(hit && marked(hit)).toEqual(['Zepelim']);
  });

  it('should find a conversation by its new title and not by its old one', async () => {
    const id = await aConversation(client, { title: 'Jabuticaba' });
    await client.patch(`/api/conversations/${String(id)}`, { title: 'Pitanga' });
    expect((await find('pitanga')).map((item) => item.id)).toEqual([id]);
    expect(await find('jabuticaba')).toEqual([]);
  });

  it('should name the newest post that matches, and list each conversation once', async () => {
    const id = await aConversation(client, { title: 'um título' });
    await asked(client, id, 'say: caramujo');
    const second = await asked(client, id, 'say: outro caramujo');
    await asked(client, id, 'say: sem ele');
    const hits = await find('caramujo');
    expect(hits.map((item) => [item.id, item.postId])).toEqual([[id, second.id]]);
  });

  it('should want all words, the last one perhaps unfinished', async () => {
    const id = await aConversation(client, { title: 'um' });
    await asked(client, id, 'say: tucano verde amarelo');
    expect((await find('verde tuc')).map((item) => item.id)).toEqual([id]);
    expect(await find('tuc verde')).toEqual([]);
    expect(await find('tucano roxo')).toEqual([]);
  });

  it('should keep the trash apart', async () => {
    const id = await aConversation(client, { title: 'Capivara' });
    await client.delete(`/api/conversations/${String(id)}`);
    expect(await find('capivara')).toEqual([]);
    expect((await find('capivara', '&status=deleted')).map((item) => item.id)).toEqual([id]);
    await client.post(`/api/conversations/${String(id)}/restore`);
    expect((await find('capivara')).map((item) => item.id)).toEqual([id]);
    expect(await find('capivara', '&status=deleted')).toEqual([]);
  });

  it('should show only one’s own', async () => {
    const ana = await aPerson(app, app.admin, 'ana');
    await aConversation(ana.client, { title: 'Segredo da Ana' });
    expect(await find('segredo')).toEqual([]);
    expect(await conversationsOf(ana.client, 'q=segredo')).toHaveLength(1);
  });

  it('should come in pages without repeating or skipping', async () => {
    const ids: number[] = [];
    for (let n = 0; n < 7; n += 1)
      ids.push(await aConversation(client, { title: `girafa ${String(n)}` }));
    for (const limit of [1, 2, 3, 7]) {
      const path = `/api/conversations?q=girafa&limit=${String(limit)}`;
      const read = (await readPages<{ id: number }>(client, path)).map(({ id }) => id);
      expect(read).toEqual([...ids].reverse());
    }
  });

  it.each(['', ' ', '""', '*', '+', '-', '(', "' OR 1=1 --", 'a AND', '%', '\\', '🙂'])(
    'should find nothing, and not fail, for %j',
    async (q) => {
      expect(await find(q)).toEqual([]);
    },
  );

  it('should show where in a long text the match is', async () => {
    const id = await aConversation(client, { title: 'um' });
    const text = `${'começo '.repeat(60)}<b>agulha</b> & ${'fim '.repeat(60)}`;
    await asked(client, id, `say: ok\n${text}`);
    const [hit] = await find('agulha');
    expect(hit?.snippet?.text.length).toBeLessThan(170);
    expect(hit?.snippet?.text).toMatch(/^….*<b>agulha<\/b> & .*…$/);
    expect(hit && marked(hit)).toEqual(['agulha']);
  });
});
