import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Conversation, Post, Run } from '#db';
import { TEST_ENGINES } from '../../../db/test/test-databases.js';
import { ConversationsRepository } from '../../src/conversations/conversations.repository.js';
import { TrashCleaner } from '../../src/conversations/trash-cleaner.js';
import {
  aFirstAdministrator,
  aPerson,
  type ApiClient,
  type TestPerson,
} from '../harness/api-client.js';
import {
  aConversation,
  ask,
  asked,
  branchOf,
  conversationsOf,
  getPost,
} from '../harness/asking.js';
import { startTestApp, type TestApp } from '../harness/test-app.js';

const DAY_MS = 86_400_000;

describe.each(TEST_ENGINES)('the trash on %s', (engine) => {
  let app: TestApp;
  let admin: TestPerson;
  let client: ApiClient;

  beforeAll(async () => {
    app = await startTestApp(engine, { ASKS_PER_MINUTE: '1000', TRASH_DAYS: '7' });
    admin = await aFirstAdministrator(app);
    ({ client } = admin);
  });
  afterAll(() => app.close());

  const path = (id: number, more = '') => `/api/conversations/${String(id)}${more}`;
  const idsOf = async (query = '') => (await conversationsOf(client, query)).map(({ id }) => id);
  const exists = (id: number) => app.dataSource.getRepository(Conversation).existsBy({ id });

  it('should take a deleted conversation, which its owner can still read', async () => {
    const id = await aConversation(client, { title: 'vai para a lixeira' });
    const post = await asked(client, id, 'conta algo');
    expect((await client.delete(path(id))).status).toBe(204);
    expect(await idsOf()).not.toContain(id);
    expect(await idsOf('status=deleted')).toContain(id);
    const { body } = await client.get(path(id));
    expect(body).toMatchObject({ id, status: 'deleted' });
    expect(body['deletedAt']).toEqual(expect.any(String));
    expect(await branchOf(client, id)).toHaveLength(1);
    expect((await getPost(client, post.id)).prompt).toBe('conta algo');
  });

  it('should accept a second deletion, and keep the time of the first', async () => {
    const id = await aConversation(client);
    await client.delete(path(id));
    const first = (await client.get(path(id))).body;
    expect((await client.delete(path(id))).status).toBe(204);
    expect((await client.get(path(id))).body).toEqual(first);
  });

  it('should give it back as it was, and accept that twice', async () => {
    const id = await aConversation(client, { title: 'volta' });
    const before = (await client.get(path(id))).body;
    await client.delete(path(id));
    for (let n = 0; n < 2; n += 1) {
      const restored = await client.post(path(id, '/restore'));
      expect(restored).toMatchObject({ status: 200, body: before });
    }
    expect(await idsOf()).toContain(id);
    expect(await idsOf('status=deleted')).not.toContain(id);
  });

  it('should refuse to ask or change anything in a deleted conversation', async () => {
    const id = await aConversation(client);
    const post = await asked(client, id, 'conta algo');
    await client.delete(path(id));
    const refused = [
      await ask(client, id, { prompt: 'mais' }),
      await client.patch(path(id), { title: 'novo' }),
      await client.post(`/api/posts/${String(post.id)}/regenerate`),
      await client.post(`/api/posts/${String(post.id)}/continue`),
      await client.put(`/api/posts/${String(post.id)}/feedback`, { value: 1 }),
      await client.put(`/api/posts/${String(post.id)}/pin`, { pinned: true }),
    ];
    for (const { status, body } of refused) {
      expect({ status, body }).toMatchObject({
        status: 409,
        body: { error: { code: 'CONVERSATION.DELETED' } },
      });
    }
    expect(await branchOf(client, id)).toHaveLength(1);
  });

  it('should delete for good, from the trash or not, with everything in it', async () => {
    for (const fromTrash of [true, false]) {
      const id = await aConversation(client, { title: 'nunca mais' });
      const post = await asked(client, id, 'palavrasecreta');
      if (fromTrash) await client.delete(path(id));
      expect((await client.delete(path(id, '/permanently'))).status).toBe(204);
      for (const answer of [
        await client.get(path(id)),
        await client.delete(path(id, '/permanently')),
        await client.post(path(id, '/restore')),
        await ask(client, id, { prompt: 'ainda aí?' }),
      ]) {
        expect(answer).toMatchObject({
          status: 404,
          body: { error: { code: 'CONVERSATION.NOT_FOUND' } },
        });
      }
      expect(await exists(id)).toBe(false);
      expect(await app.dataSource.getRepository(Post).countBy({ id: post.id })).toBe(0);
      expect(await app.dataSource.getRepository(Run).countBy({ postId: post.id })).toBe(0);
      expect(await idsOf('q=palavrasecreta')).toEqual([]);
    }
  });

  it('should be gone for whoever renames it in that moment', async () => {
    for (let round = 0; round < 10; round += 1) {
      const id = await aConversation(client, { title: 'some agora' });
      const [deleted, ...renamed] = await Promise.all([
        client.delete(path(id, '/permanently')),
        ...Array.from({ length: 4 }, (_, n) =>
          client.patch(path(id), { title: `nome ${String(n)}` }),
        ),
      ]);
      expect(deleted?.status).toBe(204);
      for (const { status } of renamed) expect([200, 404]).toContain(status);
      expect(await idsOf('q=nome')).toEqual([]);
    }
  });

  it('should be emptied of one’s own conversations and no others', async () => {
    const bia = await aPerson(app, admin, 'bia');
    const hers = await aConversation(bia.client);
    await bia.client.delete(path(hers));
    const kept = await aConversation(client);
    const gone = await aConversation(client);
    await client.delete(path(gone));
    expect((await client.delete('/api/conversations/trash')).status).toBe(204);
    expect(await idsOf('status=deleted')).toEqual([]);
    expect([await exists(gone), await exists(kept), await exists(hers)]).toEqual([
      false,
      true,
      true,
    ]);
    expect((await client.delete('/api/conversations/trash')).status).toBe(204);
  });

  it('should not take along, when it is emptied, what has just been taken out of it', async () => {
    const [restored, gone] = [await aConversation(client), await aConversation(client)];
    await client.delete(path(restored));
    await client.delete(path(gone));
    // Emptying has found both; now somebody is faster.
    await client.post(path(restored, '/restore'));
    const conversations = app.app.get(ConversationsRepository, { strict: false });
    await conversations.deleteFromTrash([restored, gone]);
    expect([await exists(restored), await exists(gone)]).toEqual([true, false]);
  });

  it('should lose what has been in it for TRASH_DAYS, and nothing sooner', async () => {
    const [old, young, online] = [
      await aConversation(client),
      await aConversation(client),
      await aConversation(client),
    ];
    const now = new Date();
    const daysAgo = (days: number) => new Date(now.getTime() - days * DAY_MS);
    const conversations = app.dataSource.getRepository(Conversation);
    await client.delete(path(old));
    await client.delete(path(young));
    await conversations.update({ id: old }, { deletedAt: daysAgo(7.01) });
    await conversations.update({ id: young }, { deletedAt: daysAgo(6.99) });
    await conversations.update({ id: online }, { updatedAt: daysAgo(100) });
    await app.app.get(TrashCleaner, { strict: false }).clean(now);
    expect([await exists(old), await exists(young), await exists(online)]).toEqual([
      false,
      true,
      true,
    ]);
  });

  it('should list the last deleted first', async () => {
    await client.delete('/api/conversations/trash');
    const ids = [
      await aConversation(client),
      await aConversation(client),
      await aConversation(client),
    ];
    const [a, b, c] = ids;
    for (const [at, id] of [b, a, c].entries()) {
      await client.delete(path(Number(id)));
      await app.dataSource
        .getRepository(Conversation)
        .update({ id: Number(id) }, { deletedAt: new Date(Date.UTC(2026, 9, 1 + at)) });
    }
    expect(await idsOf('status=deleted')).toEqual([c, a, b]);
  });
});
