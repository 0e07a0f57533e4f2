import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { MoreThan } from 'typeorm';
import { Feedback, Post, PostSource, Run, Usage } from '#db';
import { TEST_ENGINES } from '../../../db/test/test-databases.js';
import type { ConversationView } from '../../src/conversations/conversations.schema.js';
import type { PostView } from '../../src/posts/posts.schema.js';
import { aPerson, type ApiAnswer, type ApiClient } from '../harness/api-client.js';
import { type AnsweringApp, startAnsweringApp } from '../harness/answering-app.js';
import { aConversation, asked, askStream, branchOf, follow, getPost } from '../harness/asking.js';
import { readPages } from '../harness/pages.js';

/** Far more than MariaDB follows in one recursive query, and than one statement names. */
const DEEP = 2300;

describe.each(TEST_ENGINES)('branching into a new conversation on %s', (engine) => {
  let app: AnsweringApp;
  let client: ApiClient;

  beforeAll(async () => {
    app = await startAnsweringApp(engine);
    ({ client } = app);
  });
  afterAll(() => app.close());
  beforeEach(() => {
    app.provider.script({});
  });

  const path = (id: number) => `/api/conversations/${String(id)}`;
  const branch = (postId: number, key?: string, by = client): Promise<ApiAnswer> =>
    by.post(`/api/posts/${String(postId)}/branch`, undefined, {
      headers: key === undefined ? {} : { 'idempotency-key': key },
    });
  async function branched(postId: number, key?: string): Promise<ConversationView> {
    const { status, body } = await branch(postId, key);
    expect({ status, body }).toMatchObject({ status: 201 });
    return body as unknown as ConversationView;
  }
  const postsOf = (conversation: number) => branchOf(client, conversation);
  const found = async (q: string) =>
    (await readPages<{ id: number }>(client, `/api/conversations?q=${q}`)).map(({ id }) => id);

  /** a ── b ── c, and b ── d beside c: the leaf. Pinned, rated and with a source. */
  async function aTree() {
    const wish = { title: 'Milho', instructions: 'Fale baixo.', model: 'openai/fake-chat' };
    const conversation = await aConversation(client, wish);
    const a = await asked(client, conversation, 'primeiro milharal');
    const b = await asked(client, conversation, 'segundo');
    const c = await asked(client, conversation, 'terceiro');
    const d = await asked(client, conversation, 'quarto', { parentId: b.id });
    await client.put(`/api/posts/${String(b.id)}/pin`, { pinned: true });
    await client.put(`/api/posts/${String(b.id)}/feedback`, { value: 1 });
    const source = { n: 1, kind: 'documentation', title: 'T', quote: 'Q', url: null };
    await app.dataSource
      .getRepository(PostSource)
      .insert({ ...source, documentId: null, postId: b.id });
    return { conversation, a, b, c, d };
  }

  /** What a copy has of its post. */
  const kept = ({ prompt, body, status, model, sources, pinned, createdAt }: PostView) => ({
    ...{ prompt, body, status, model, sources, pinned, createdAt },
  });

  it('should copy a branch up to a post, and leave everything it is made of as it is', async () => {
    const { conversation, b, c } = await aTree();
    const before = [await client.get(path(conversation)), await postsOf(conversation)];
    const originals = await branchOf(client, conversation, `branch=${String(c.id)}`);
    const made = await branched(c.id);
    expect(made).toMatchObject({
      ...{ title: 'Milho', instructions: 'Fale baixo.', model: 'openai/fake-chat' },
      ...{ status: 'online', pinnedAt: null },
      branchedFrom: { conversationId: conversation, postId: c.id },
    });
    const copies = await postsOf(made.id);
    expect(copies.map(kept)).toEqual(originals.map(kept));
    expect(copies[1]).toMatchObject({ pinned: true, sources: [{ quote: 'Q' }] });
    expect(copies.map(({ parentId }) => parentId)).toEqual([copies[1]?.id, copies[2]?.id, null]);
    expect(copies.map(({ siblings }) => siblings.ids.length)).toEqual([1, 1, 1]);
    expect(made.leafPostId).toBe(copies[0]?.id);
    expect([await client.get(path(conversation)), await postsOf(conversation)]).toMatchObject(
      before.map((it) => ('body' in it ? { body: it.body } : it)),
    );
    expect(await getPost(client, b.id)).toMatchObject({ feedback: 1, pinned: true });
  });

  it('should count nothing twice: copies have no calls, no runs and no thumb', async () => {
    const { d } = await aTree();
    const count = () =>
      Promise.all([Usage, Run, Feedback].map((one) => app.dataSource.getRepository(one).count()));
    const before = await count();
    expect((await getPost(client, d.id)).usage).not.toBeNull();
    const copies = await postsOf((await branched(d.id)).id);
    expect(copies.map(({ usage, feedback }) => usage ?? feedback)).toEqual([null, null, null]);
    expect(await count()).toEqual(before);
  });

  it('should go on where it branched off, with what was said before', async () => {
    const { conversation, c } = await aTree();
    const made = await branched(c.id);
    const next = await asked(client, made.id, 'e agora');
    expect(next.parentId).toBe(made.leafPostId);
    const sent = JSON.stringify(app.provider.requests.at(-1)?.body);
    expect(sent).toMatch(/primeiro milharal.*segundo.*terceiro.*e agora/);
    expect(sent).toContain('Fale baixo.');
    expect(sent).not.toContain('quarto');
    expect((await postsOf(conversation)).map(({ prompt }) => prompt)).not.toContain('e agora');
  });

  it('should be found by the words of its copies and by its title', async () => {
    const { conversation, a } = await aTree();
    const made = await branched(a.id);
    expect(await found('milharal')).toEqual(expect.arrayContaining([made.id, conversation]));
    expect(await found('segundo')).not.toContain(made.id);
    expect(await found('Milho')).toContain(made.id);
  });

  it('should be made once under one key, however often it is asked for', async () => {
    const { a, b } = await aTree();
    const made = await Promise.all(Array.from({ length: 4 }, () => branched(b.id, 'clique')));
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    expect((await branched(b.id, 'clique')).id).toBe(made[0]?.id);
    expect(await branch(a.id, 'clique')).toMatchObject({
      ...{ status: 422, body: { error: { code: 'RUN.KEY_REUSED' } } },
    });
    expect((await branch(a.id, 'com espaço')).status).toBe(400);
    expect((await branched(b.id)).id).not.toBe((await branched(b.id)).id);
  });

  it('should be refused while an answer on the branch is under way, beside it not', async () => {
    const conversation = await aConversation(client);
    const first = await asked(client, conversation, 'antes');
    app.provider.script({ words: ['um ', 'dois'], hangAfter: 1 });
    const stream = await askStream(client, conversation, { prompt: 'agora' });
    await stream.untilText(1);
    const { data } = await stream.untilType('post');
    const under = Number(data['postId']);
    const refused = { status: 409, body: { error: { code: 'POST.STILL_ANSWERING' } } };
    expect(await branch(under, 'depois')).toMatchObject(refused);
    expect(await postsOf((await branched(first.id)).id)).toHaveLength(1);
    await client.post(`/api/posts/${String(under)}/stop`);
    await stream.all();
    expect(await postsOf((await branched(under, 'depois')).id)).toHaveLength(2);
  });

  it('should never write over a text: going on in a copy leaves the original', async () => {
    const conversation = await aConversation(client);
    app.provider.script({ words: ['um ', 'dois'], hangAfter: 1 });
    const stream = await askStream(client, conversation, { prompt: 'conte' });
    await stream.untilText(1);
    const original = Number((await stream.untilType('post')).data['postId']);
    await client.post(`/api/posts/${String(original)}/stop`);
    await stream.all();
    const before = await getPost(client, original);
    const copy = Number((await branched(original)).leafPostId);
    expect((await (await follow(client, copy)).all()).at(-1)?.data).toEqual({ status: 'stopped' });
    app.provider.script({ words: ['e três'] });
    const goneOn = await client.post(`/api/posts/${String(copy)}/continue`);
    expect(goneOn.body).toMatchObject({ body: `${before.body}e três`, status: 'done' });
    expect(await getPost(client, original)).toEqual(before);
  });

  it('should be nobody else’s, and may be made of what is in the trash', async () => {
    const { conversation, b } = await aTree();
    const ana = await aPerson(app, app.admin, 'ana');
    for (const id of [b.id, 2_147_483_647]) {
      const answer = await branch(id, undefined, ana.client);
      expect(answer).toMatchObject({ status: 404, body: { error: { code: 'POST.NOT_FOUND' } } });
    }
    await client.delete(path(conversation));
    const made = await branched(b.id);
    expect(made.status).toBe('online');
    await client.delete(`${path(conversation)}/permanently`);
    expect((await client.get(path(made.id))).body['branchedFrom']).toBeNull();
    expect(await postsOf(made.id)).toHaveLength(2);
  });

  /** One branch of so many posts, without asking for each. @returns the last. */
  async function aLongBranch(conversationId: number, count: number): Promise<number> {
    const { dataSource } = app;
    const posts = dataSource.getRepository(Post);
    const row = { conversationId, body: 'b', status: 'done' as const, createdAt: new Date() };
    const prompts = Array.from({ length: count }, (_, n) => ({ ...row, prompt: `p${String(n)}` }));
    for (let at = 0; at < count; at += 1000) await posts.insert(prompts.slice(at, at + 1000));
    const first = (await posts.minimum('id', { conversationId })) ?? 0;
    const last = (await posts.maximum('id', { conversationId })) ?? 0;
    // Nobody else inserts here: the ids follow each other.
    expect(last - first).toBe(count - 1);
    await posts.update({ conversationId, id: MoreThan(first) }, { parentId: () => 'id - 1' });
    return last;
  }

  it('should copy a branch of any depth up to the most there may be', async () => {
    const conversation = await aConversation(client);
    const last = await aLongBranch(conversation, DEEP);
    const { id, leafPostId } = await branched(last);
    const posts = app.dataSource.getRepository(Post);
    const copies = await posts.find({ where: { conversationId: id }, order: { id: 'ASC' } });
    expect(copies.map(({ prompt }) => prompt)).toEqual(
      Array.from({ length: DEEP }, (_, n) => `p${String(n)}`),
    );
    const parents = copies.map(({ parentId }) => parentId);
    expect(parents).toEqual([null, ...copies.slice(0, -1).map((copy) => copy.id)]);
    expect(leafPostId).toBe(copies.at(-1)?.id);
  });

  it('should be refused where a branch is longer than may be copied', async () => {
    const last = await aLongBranch(await aConversation(client), 5001);
    expect(await branch(last)).toMatchObject({
      ...{ status: 413, body: { error: { code: 'POST.BRANCH_TOO_LONG' } } },
    });
  });
});
