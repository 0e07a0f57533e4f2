import type { DataSource } from 'typeorm';
import { createTestDatabase, TEST_ENGINES, type TestDatabase } from '../test/test-databases.js';
import { Conversation, inTransaction, openDatabase, Post, PostPart, Run, User } from './index.js';
import { LONGEST_COMMIT, storeParts, type UnstoredPart } from './post-parts.js';

const TEXT = '"aspas" \\ barra, \n linha, \u0001 e \u2028, 😀 日本語 ação, [{"json": null}]';

describe.each(TEST_ENGINES)('storeParts on %s', (engine) => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let postId: number;

  beforeAll(async () => {
    database = await createTestDatabase(engine);
    dataSource = await openDatabase(database.target);
    postId = await aPost(dataSource);
    for (const [id, owner, status] of [
      ['mine', 'us', 'answering'],
      ['theirs', 'them', 'answering'],
      ['over', 'us', 'done'],
    ] as const) {
      const run = { id, owner, status, postId, userId: 1, kind: 'ask', requestHash: '' } as const;
      await dataSource.manager.insert(Run, { ...run, idempotencyKey: id, startedAt: new Date() });
    }
  });

  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  const store = (...parts: Pick<UnstoredPart, 'runId' | 'seq' | 'text'>[]) =>
    inTransaction(dataSource, (manager) =>
      storeParts(
        manager,
        'us',
        parts.map((part) => ({ ...part, postId, start: part.seq * 10 })),
      ),
    );
  const stored = async () =>
    (await dataSource.manager.find(PostPart, { order: { seq: 'ASC' } })).map(
      ({ seq, start, text }) => ({ seq, start, text }),
    );

  it('should store whatever a model writes, as it was written', async () => {
    expect(await store({ runId: 'mine', seq: 1, text: TEXT })).toEqual(new Set(['mine']));

    expect(await stored()).toEqual([{ seq: 1, start: 10, text: TEXT }]);
  });

  it('should take the later text when a part comes again', async () => {
    await store({ runId: 'mine', seq: 1, text: 'um' });
    await store({ runId: 'mine', seq: 1, text: 'um dois' });

    expect(await stored()).toEqual([{ seq: 1, start: 10, text: 'um dois' }]);
  });

  it('should write nothing for runs that are over or of another owner', async () => {
    const held = await store(
      { runId: 'theirs', seq: 2, text: 'deles' },
      { runId: 'over', seq: 3, text: 'tarde' },
      { runId: 'mine', seq: 4, text: 'meu' },
      { runId: 'unknown', seq: 5, text: 'de ninguém' },
    );

    expect(held).toEqual(new Set(['mine']));
    expect((await stored()).map(({ seq }) => seq)).toEqual([1, 4]);
  });

  it('should store a thousand parts at once', async () => {
    const many = Array.from({ length: 1000 }, (_, n) => ({
      runId: 'mine',
      seq: n + 10,
      text: `parte ${String(n)}`,
    }));

    await store(...many);

    expect((await stored()).at(-1)).toEqual({ seq: 1009, start: 10_090, text: 'parte 999' });
  });

  it.each(['日', '\u0001', '"'])(
    'should take as much as may be stored at once of %j',
    async (character) => {
      const text = character.repeat(LONGEST_COMMIT);

      await store({ runId: 'mine', seq: 2000, text });

      expect((await stored()).at(-1)?.text === text).toBe(true);
    },
  );
});

async function aPost(dataSource: DataSource): Promise<number> {
  const now = new Date();
  const person = { username: 'ana', password: 'x', role: 'member', createdAt: now } as const;
  const user = await dataSource.manager.insert(User, { ...person, mustChangePassword: false });
  const userId = Number(user.identifiers[0]?.['id']);
  const conversation = await dataSource.manager.insert(Conversation, {
    status: 'online',
    userId,
    createdAt: now,
    updatedAt: now,
    titleByPerson: false,
    channel: 'web',
  });
  const conversationId = Number(conversation.identifiers[0]?.['id']);
  const post = {
    prompt: 'p',
    body: '',
    conversationId,
    createdAt: now,
    status: 'answering',
  } as const;
  const inserted = await dataSource.manager.insert(Post, post);
  return Number(inserted.identifiers[0]?.['id']);
}
