import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Conversation } from '#db';
import { TEST_ENGINES } from '../../../db/test/test-databases.js';
import {
  type ApiClient,
  aFirstAdministrator,
  aPerson,
  type TestPerson,
} from '../harness/api-client.js';
import { aConversation, asked, conversationsOf } from '../harness/asking.js';
import { readPages } from '../harness/pages.js';
import { startTestApp, type TestApp } from '../harness/test-app.js';

describe.each(TEST_ENGINES)('the list of conversations on %s', (engine) => {
  let app: TestApp;
  let admin: TestPerson;
  let people = 0;

  beforeAll(async () => {
    app = await startTestApp(engine, { ASKS_PER_MINUTE: '1000' });
    admin = await aFirstAdministrator(app);
  });
  afterAll(() => app.close());

  /** Somebody new, with conversations named `1` (oldest) to `count`, some in the same millisecond. */
  async function aHistory(count: number): Promise<{ client: ApiClient; ids: number[] }> {
    people += 1;
    const { client } = await aPerson(app, admin, `pessoa${String(people)}`);
    const ids: number[] = [];
    for (let n = 1; n <= count; n += 1) ids.push(await aConversation(client, { title: String(n) }));
    const start = Date.UTC(2026, 0, 1);
    for (const [at, id] of ids.entries()) {
      const updatedAt = new Date(start + Math.floor(at / 3));
      await app.dataSource.getRepository(Conversation).update({ id }, { updatedAt });
    }
    return { client, ids };
  }

  const patch = (client: ApiClient, id: number, wish: unknown) =>
    client.patch(`/api/conversations/${String(id)}`, wish);
  const titles = (items: readonly { title: string | null }[]) => items.map(({ title }) => title);

  const readTitles = async (
    client: ApiClient,
    query: string,
    between?: (page: number) => Promise<unknown>,
  ) => titles(await readPages<{ title: string }>(client, `/api/conversations?${query}`, between));

  it('should be whole, newest first, in pages of any size', async () => {
    const { client } = await aHistory(10);
    for (const limit of [1, 2, 3, 4, 10, 100]) {
      const read = await readTitles(client, `limit=${String(limit)}`);
      expect(read).toEqual(['10', '9', '8', '7', '6', '5', '4', '3', '2', '1']);
    }
  });

  it('should begin with the pinned ones, in pages of any size', async () => {
    const { client, ids } = await aHistory(6);
    for (const at of [0, 3]) {
      await patch(client, Number(ids[at]), { pinned: true });
      await wait(2);
    }
    for (const limit of [1, 2, 3, 5]) {
      const read = await readTitles(client, `limit=${String(limit)}`);
      expect(read).toEqual(['4', '1', '6', '5', '3', '2']);
    }
    await patch(client, Number(ids[3]), { pinned: false });
    expect(await readTitles(client, 'limit=2')).toEqual(['1', '6', '5', '4', '3', '2']);
  });

  it('should neither repeat nor skip one while others come, move and go', async () => {
    const { client, ids } = await aHistory(12);
    const read = await readTitles(client, 'limit=3', async (page) => {
      await aConversation(client, { title: `nova ${String(page)}` });
      if (page === 1) await asked(client, Number(ids[11]), 'sobe de novo'); // Read already.
      if (page === 2) await client.delete(`/api/conversations/${String(ids[0])}`); // Not read yet.
    });
    expect(read).toEqual(['12', '11', '10', '9', '8', '7', '6', '5', '4', '3', '2']);
  });

  it('should refuse the cursor of another list, and what is none', async () => {
    const { client, ids } = await aHistory(4);
    const search = await client.get('/api/conversations?q=nada&limit=1');
    expect(search.body['items']).toEqual([]);
    for (const id of ids.slice(0, 2)) await client.delete(`/api/conversations/${String(id)}`);
    const cursorOf = async (path: string) => {
      const { body } = await client.get(path);
      expect(body['nextCursor']).toEqual(expect.any(String));
      return String(body['nextCursor']);
    };
    const online = await cursorOf('/api/conversations?limit=1');
    const trash = await cursorOf('/api/conversations?limit=1&status=deleted');
    const wrong = [
      `/api/conversations?cursor=${trash}`,
      `/api/conversations?status=deleted&cursor=${online}`,
      `/api/conversations?q=x&cursor=${online}`,
      `/api/posts?cursor=${online}`,
      `/api/conversations/${String(ids[3])}/posts?cursor=${online}`,
      '/api/conversations?cursor=nonsense',
      `/api/conversations?cursor=${Buffer.from('u.999999999999999.1').toString('base64url')}`,
    ];
    for (const path of wrong) {
      const { status, body } = await client.get(path);
      expect({ path, status, body }).toMatchObject({
        path,
        status: 400,
        body: { error: { code: 'REQUEST.INVALID', details: { fields: ['cursor'] } } },
      });
    }
  });

  it('should refuse limits beyond 1 to 100', async () => {
    for (const limit of ['0', '101', '-1', 'all', '1.5']) {
      expect((await admin.client.get(`/api/conversations?limit=${limit}`)).status).toBe(400);
    }
  });

  it('should bring up what was asked in last', async () => {
    const { client, ids } = await aHistory(3);
    await asked(client, Number(ids[0]), 'conta algo');
    expect(titles(await conversationsOf(client))).toEqual(['1', '3', '2']);
  });

  it('should title a conversation by its first prompt, once', async () => {
    const id = await aConversation(admin.client);
    await asked(admin.client, id, '# Como conecto o Bedrock?\nmais linhas');
    await asked(admin.client, id, 'e depois?');
    const { body } = await admin.client.get(`/api/conversations/${String(id)}`);
    expect(body['title']).toBe('Como conecto o Bedrock?');
  });

  it('should never overwrite a title that a person gave, whenever they gave it', async () => {
    const before = await aConversation(admin.client);
    await patch(admin.client, before, { title: 'Meu título' });
    await asked(admin.client, before, 'um prompt');
    const created = await aConversation(admin.client, { title: 'De início' });
    await asked(admin.client, created, 'um prompt');
    const after = await aConversation(admin.client);
    await asked(admin.client, after, 'um prompt');
    await patch(admin.client, after, { title: '  Depois  ' });
    await asked(admin.client, after, 'outro prompt');
    const found = new Map(
      (await conversationsOf(admin.client)).map(({ id, title }) => [id, title]),
    );
    expect([before, created, after].map((id) => found.get(id))).toEqual([
      'Meu título',
      'De início',
      'Depois',
    ]);
  });

  it('should refuse titles that are empty, too long, or of no text, and unknown fields', async () => {
    const id = await aConversation(admin.client);
    const bodies = [
      { title: '' },
      { title: '   ' },
      { title: 'x'.repeat(201) },
      { title: 7 },
      { owner: 2 },
    ];
    for (const body of bodies) {
      expect(await patch(admin.client, id, body)).toMatchObject({
        status: 400,
        body: { error: { code: 'REQUEST.INVALID' } },
      });
    }
  });
});
