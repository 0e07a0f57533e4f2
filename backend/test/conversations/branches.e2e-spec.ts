import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Post } from '#db';
import { TEST_ENGINES } from '../../../db/test/test-databases.js';
import { aPerson, type ApiClient } from '../harness/api-client.js';
import { type AnsweringApp, startAnsweringApp } from '../harness/answering-app.js';
import { aConversation, ask, asked, branchOf, expectPost, getPost } from '../harness/asking.js';
import { readPages } from '../harness/pages.js';

describe.each(TEST_ENGINES)('branches of a conversation on %s', (engine) => {
  let app: AnsweringApp;
  let client: ApiClient;

  beforeAll(async () => {
    app = await startAnsweringApp(engine);
    ({ client } = app);
  });
  afterAll(() => app.close());

  const path = (id: number) => `/api/conversations/${String(id)}`;
  const idsOf = async (conversation: number, branch = 'active') =>
    (await branchOf(client, conversation, `branch=${branch}`)).map(({ id }) => id);

  /**
   * a ── b ── c
   *  └── d ── e        (b edited into d; e is the leaf)
   */
  async function aTree() {
    const conversation = await aConversation(client);
    const a = await asked(client, conversation, 'a');
    const b = await asked(client, conversation, 'b');
    const c = await asked(client, conversation, 'c');
    const d = await asked(client, conversation, 'd', { parentId: a.id });
    const e = await asked(client, conversation, 'e');
    return { conversation, a: a.id, b: b.id, c: c.id, d: d.id, e: e.id };
  }

  it('should follow the leaf, and make an edited prompt a sibling', async () => {
    const { conversation, a, b, c, d, e } = await aTree();
    expect(await idsOf(conversation)).toEqual([e, d, a]);
    expect((await getPost(client, d)).siblings).toEqual({ ids: [b, d], index: 1 });
    expect((await getPost(client, b)).siblings).toEqual({ ids: [b, d], index: 0 });
    expect((await getPost(client, c)).siblings).toEqual({ ids: [c], index: 0 });
    expect((await getPost(client, e)).parentId).toBe(d);
  });

  it('should list the branch of any post, down to its newest leaf, and all posts', async () => {
    const { conversation, a, b, c, d, e } = await aTree();
    expect(await idsOf(conversation, String(b))).toEqual([c, b, a]);
    expect(await idsOf(conversation, String(c))).toEqual([c, b, a]);
    expect(await idsOf(conversation, String(a))).toEqual([e, d, a]);
    expect(await idsOf(conversation, 'all')).toEqual([e, d, c, b, a]);
    const siblings = (await branchOf(client, conversation)).map((post) => post.siblings.ids.length);
    expect(siblings).toEqual([1, 2, 1]);
  });

  it('should show another branch when its post becomes the leaf, and ask there', async () => {
    const { conversation, a, b, c } = await aTree();
    const changed = await client.patch(path(conversation), { leafPostId: b });
    expect(changed).toMatchObject({ status: 200, body: { leafPostId: c } });
    expect(await idsOf(conversation)).toEqual([c, b, a]);
    expect((await asked(client, conversation, 'f')).parentId).toBe(c);
  });

  it('should remember how far a branch was looked at, whatever is newer below', async () => {
    const { conversation, a, b, c, d, e } = await aTree();
    const show = async (id: number) =>
      (await client.patch(path(conversation), { leafPostId: id })).body['leafPostId'];
    const f = await asked(client, conversation, 'f', { parentId: b });
    expect(await show(c)).toBe(c);
    expect(await show(d)).toBe(e);
    expect(await show(b)).toBe(c);
    expect(await idsOf(conversation, String(a))).toEqual([c, b, a]);
    // Asking and asking again beside a post leave a branch just as looking at another does.
    const again = expectPost(await client.post(`/api/posts/${String(d)}/regenerate`));
    expect(again.siblings.ids).toEqual([b, d, again.id]);
    expect(await idsOf(conversation, String(b))).toEqual([c, b, a]);
    expect(await show(f.id)).toBe(f.id);
    expect(await show(d)).toBe(e);
    expect(await show(b)).toBe(f.id);
  });

  it('should never hide what is asked at once with a look at another branch', async () => {
    const { conversation, b, d } = await aTree();
    const [, , ...posts] = await Promise.all([
      client.patch(path(conversation), { leafPostId: b }),
      client.patch(path(conversation), { leafPostId: d }),
      ...Array.from({ length: 4 }, (_, n) => asked(client, conversation, `say: ${String(n)}`)),
    ]);
    const [leaf] = await idsOf(conversation);
    const all = await branchOf(client, conversation, 'branch=all');
    expect(all.map(({ parentId }) => parentId)).not.toContain(leaf);
    expect(new Set(posts.map(({ parentId }) => parentId)).size).toBe(4);
  });

  it('should begin anew with parentId null: siblings of the first prompt', async () => {
    const { conversation, a } = await aTree();
    const root = await asked(client, conversation, 'do zero', { parentId: null });
    expect(root).toMatchObject({ parentId: null, siblings: { ids: [a, root.id], index: 1 } });
    expect(await idsOf(conversation)).toEqual([root.id]);
    const again = expectPost(await client.post(`/api/posts/${String(a)}/regenerate`));
    expect(again.siblings).toEqual({ ids: [a, root.id, again.id], index: 2 });
  });

  it('should come in pages, each branch by itself', async () => {
    const { conversation, a, b, c, d, e } = await aTree();
    for (const [branch, expected] of [
      ['active', [e, d, a]],
      [String(b), [c, b, a]],
      ['all', [e, d, c, b, a]],
    ] as const) {
      for (const limit of [1, 2, 3]) {
        const query = `branch=${branch}&limit=${String(limit)}`;
        const pages = await readPages<{ id: number }>(
          client,
          `${path(conversation)}/posts?${query}`,
        );
        const read = pages.map(({ id }) => id);
        expect(read).toEqual(expected);
      }
    }
  });

  it('should refuse parents and leaves of other conversations, and of other people', async () => {
    const { conversation } = await aTree();
    const elsewhere = (await asked(client, await aConversation(client), 'x')).id;
    const ana = await aPerson(app, app.admin, 'ana');
    const hers = (await asked(ana.client, await aConversation(ana.client), 'y')).id;
    for (const id of [elsewhere, hers, 2_147_483_647]) {
      for (const answer of [
        await ask(client, conversation, { prompt: 'z', parentId: id }),
        await client.patch(path(conversation), { leafPostId: id }),
        await client.get(`${path(conversation)}/posts?branch=${String(id)}`),
      ]) {
        expect(answer).toMatchObject({ status: 404, body: { error: { code: 'POST.NOT_FOUND' } } });
      }
    }
    for (const id of [0, -1, 2_147_483_648, 1.5, '7']) {
      expect((await ask(client, conversation, { prompt: 'z', parentId: id })).status).toBe(400);
    }
    expect(await idsOf(conversation, 'all')).toHaveLength(5);
  });

  it('should give prompts asked at once one parent or the other, and lose none', async () => {
    const conversation = await aConversation(client);
    await asked(client, conversation, 'raiz');
    const posts = await Promise.all(
      Array.from({ length: 6 }, (_, n) => asked(client, conversation, `say: ${String(n)}`)),
    );
    const all = await idsOf(conversation, 'all');
    expect(all).toHaveLength(7);
    expect(await idsOf(conversation)).toEqual(all);
    expect(new Set(posts.map(({ parentId }) => parentId)).size).toBe(6);
  });

  it('should go down a branch of more than a thousand posts', async () => {
    const conversation = await aConversation(client);
    const first = await asked(client, conversation, 'primeira');
    const rows = Array.from({ length: 1100 }, (_, n) => ({
      ...{ id: first.id + n + 1, parentId: first.id + n, conversationId: conversation },
      ...{ prompt: `p${String(n)}`, body: 'b', status: 'done' as const, createdAt: new Date() },
    }));
    await app.dataSource.getRepository(Post).insert(rows);
    const leaf = first.id + rows.length;
    const changed = await client.patch(path(conversation), { leafPostId: first.id });
    expect(changed.body['leafPostId']).toBe(leaf);
    const [newest] = await branchOf(client, conversation, 'limit=100');
    expect(newest?.id).toBe(leaf);
  });
});
