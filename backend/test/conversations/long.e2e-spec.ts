import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Conversation, indexEntry, Post } from '#db';
import { MoreThan } from 'typeorm';
import { TEST_ENGINES } from '../../../db/test/test-databases.js';
import { aPerson } from '../harness/api-client.js';
import { type AnsweringApp, startAnsweringApp } from '../harness/answering-app.js';
import { aConversation } from '../harness/asking.js';
import { readPages } from '../harness/pages.js';

/** More than twice the 900 levels of one query, and the 1,000 after which MariaDB ends one. */
const POSTS = 2_100;
/** The post of which there is another version, with one more that follows it. */
const FORK = 1_000;
const WITH_WORD = [1_700, FORK, 300];

interface PageBody {
  readonly items: readonly { readonly id: number }[];
  readonly nextCursor: string | null;
  readonly previousCursor: string | null;
}

interface FindBody {
  readonly items: readonly { readonly postId: number; readonly snippet: { text: string } }[];
  readonly nextCursor: string | null;
  readonly total: number;
  readonly elsewhere: number;
}

describe.each(TEST_ENGINES)('a long conversation on %s', (engine) => {
  let app: AnsweringApp;
  let conversationId: number;
  let first: number;
  let leaf: number;
  let beside: number;
  const path = (query: string) => `/api/conversations/${String(conversationId)}/${query}`;
  const page = async (query: string) => {
    const { status, body } = await app.client.get(path(`posts?${query}`));
    expect(status).toBe(200);
    return body as unknown as PageBody;
  };
  const find = async (query: string) => {
    const { status, body } = await app.client.get(path(`find?${query}`));
    expect(status).toBe(200);
    return body as unknown as FindBody;
  };
  const idsOf = ({ items }: PageBody) => items.map(({ id }) => id);
  /** `count` ids from `newest` towards the beginning. */
  const down = (newest: number, count: number) =>
    Array.from({ length: count }, (_, n) => newest - n);

  beforeAll(async () => {
    app = await startAnsweringApp(engine);
    conversationId = await aConversation(app.client);
    await writePosts();
  });
  afterAll(() => app.close());

  /** One after the other; then the other version of the fork and what follows it. */
  async function writePosts(): Promise<void> {
    const { manager } = app.dataSource;
    await manager.transaction(async (transaction) => {
      const texts = Array.from({ length: POSTS + 2 }, (_, n) =>
        WITH_WORD.includes(n) || n === POSTS ? 'Fala da jabuticaba madura.' : 'Outra coisa.',
      );
      for (let at = 0; at < texts.length; at += 300) {
        const rows = texts.slice(at, at + 300).map((body) => ({
          conversationId,
          prompt: 'Pergunta',
          body,
          parentId: null,
          status: 'done' as const,
          createdAt: new Date(),
        }));
        await transaction.insert(Post, rows);
      }
      const posts = await transaction.find(Post, { where: { conversationId }, order: { id: 1 } });
      first = posts[0]?.id ?? 0;
      leaf = first + POSTS - 1;
      beside = first + POSTS;
      expect(posts.at(-1)?.id).toBe(beside + 1);
      const chain = transaction.createQueryBuilder().update(Post);
      await chain
        .set({ parentId: () => 'id - 1' })
        .where({ conversationId, id: MoreThan(first) })
        .execute();
      await transaction.update(Post, beside, { parentId: first + FORK - 1 });
      await transaction.update(Conversation, conversationId, { leafPostId: leaf });
      for (const { id, body } of posts.filter((post) => post.body.includes('jabuticaba'))) {
        const ownerId = app.admin.user.id;
        await indexEntry(transaction, { ownerId, conversationId, postId: id, text: body });
      }
    });
  }

  it('should be read from its end to its beginning', async () => {
    const posts = await readPages<{ id: number }>(app.client, path('posts?limit=100'));
    expect(posts.map(({ id }) => id)).toEqual(down(leaf, POSTS));
  });

  it('should be read around any post, and on from there in both directions', async () => {
    const begin = await page(`around=${String(first)}&limit=20`);
    expect(idsOf(begin)).toEqual(down(first + 10, 11));
    expect(begin.nextCursor).toBeNull();
    const newer = await page(`cursor=${String(begin.previousCursor)}&limit=20`);
    expect(idsOf(newer)).toEqual(down(first + 30, 20));
    expect(idsOf(await page(`after=${String(first + 10)}&limit=20`))).toEqual(idsOf(newer));
    const older = await page(`cursor=${String(newer.nextCursor)}&limit=20`);
    expect(idsOf(older)).toEqual(idsOf(begin));
    expect(idsOf(await page(`before=${String(first + 11)}&limit=20`))).toEqual(idsOf(begin));
    expect(idsOf(await page(`around=${String(leaf)}&limit=4`))).toEqual(down(leaf, 4));
    expect(idsOf(await page(`around=${String(first + FORK)}&limit=4`))).toEqual(
      down(first + FORK + 2, 4),
    );
  });

  it('should say where it ends', async () => {
    const end = await page('limit=20');
    expect(end.previousCursor).toBeNull();
    const last = await page(`after=${String(leaf - 3)}&limit=20`);
    expect(idsOf(last)).toEqual(down(leaf, 3));
    expect(last.previousCursor).toBeNull();
    expect(await page(`after=${String(leaf)}`)).toEqual({
      items: [],
      nextCursor: null,
      previousCursor: null,
    });
    expect(idsOf(await page(`before=${String(first)}`))).toEqual([]);
  });

  it('should stay on its branch', async () => {
    expect(idsOf(await page(`after=${String(first + FORK - 1)}&limit=2`))).toEqual(
      down(first + FORK + 1, 2),
    );
    const version = `branch=${String(beside)}`;
    expect(idsOf(await page(`${version}&after=${String(first + FORK - 1)}`))).toEqual(
      down(beside + 1, 2),
    );
    for (const place of ['around', 'after']) {
      const foreign = await app.client.get(path(`posts?${place}=${String(beside)}`));
      expect(foreign).toMatchObject({ status: 404, body: { error: { code: 'POST.NOT_FOUND' } } });
    }
  });

  it('should refuse two places at once', async () => {
    const cursor = (await page('limit=20')).nextCursor;
    for (const query of [
      `around=${String(leaf)}&after=${String(leaf)}`,
      `before=${String(leaf)}&cursor=${String(cursor)}`,
      `branch=all&around=${String(leaf)}`,
      'around=0',
      'after=2147483648',
    ]) {
      expect((await app.client.get(path(`posts?${query}`))).status).toBe(400);
    }
  });

  it('should find words along its branch, newest first', async () => {
    const sought = WITH_WORD.map((n) => first + n);
    const found = await find('q=Jabutic');
    expect(found.items.map(({ postId }) => postId)).toEqual(sought);
    expect(found).toMatchObject({ total: 3, elsewhere: 1, nextCursor: null });
    expect(found.items[0]?.snippet.text).toContain('jabuticaba');
    const some = await find('q=jabuticaba&limit=2');
    expect(some).toMatchObject({ total: 3, elsewhere: 1 });
    const rest = await find(`q=jabuticaba&limit=2&cursor=${String(some.nextCursor)}`);
    expect([...some.items, ...rest.items].map(({ postId }) => postId)).toEqual(sought);
    expect(rest.nextCursor).toBeNull();
    expect(await find('q=pitanga')).toMatchObject({ items: [], total: 0, elsewhere: 0 });
    expect(await find('q=%20')).toMatchObject({ items: [], total: 0 });
  });

  it('should find nothing for anybody else', async () => {
    const bia = await aPerson(app, app.admin, 'bia');
    for (const place of ['find?q=jabuticaba', `posts?around=${String(leaf)}`]) {
      const foreign = await bia.client.get(path(place));
      expect(foreign.status).toBe(404);
      const missing = await bia.client.get(`/api/conversations/2147483646/${place}`);
      expect(foreign.body).toEqual(missing.body);
    }
  });
});
