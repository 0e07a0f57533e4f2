import { setTimeout as wait } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { createTestDatabase, TEST_ENGINES, type TestDatabase } from '../../test/test-databases.js';
import { Conversation, openDatabase, User } from '../index.js';
import { indexEntry, removeFromIndex, searchCondition } from './search-index.js';

const TEXTS: Record<number, string> = {
  1: 'Meu coração é do Brasil',
  2: 'A IA responde com fontes; the AI answers with sources',
  3: 'Configuração do Bedrock: região us-east-1, modelo Mistral Large',
  4: 'SELECT * FROM posts WHERE id = 1; -- 100% "aspas" \'simples\'',
  5: 'C++ e C# são linguagens; node.js e @angular/core também',
  6: 'Fala aí, tudo bem? 😀 emoji e 日本語 e Ελληνικά e русский',
  7: 'antidisestablishmentarianism '.repeat(3) + 'x'.repeat(300),
  8: 'um dois três quatro cinco seis sete oito nove dez onze doze treze',
};

/** What a person types, and the texts that must be found: the same on every engine. */
const QUERIES: readonly (readonly [query: string, found: readonly number[]])[] = [
  ['coracao', [1]],
  ['coração', [1]],
  ['CORAÇÃO', [1]],
  ['cora', [1]],
  ['oração', []],
  ['ia', [2]],
  ['IA', [2]],
  ['ai', [2, 6]],
  ['com', [2]],
  ['com fontes', [2]],
  ['the', [2]],
  ['the ai', [2]],
  ['with sources', [2]],
  ['a', [2, 4, 5, 6, 7]],
  ['e', [1, 3, 5, 6]],
  ['e node', [5]],
  ['bedrock', [3]],
  ['Bedrock região', [3]],
  ['regiao bedrock', [3]],
  ['us-east-1', [3]],
  ['us east', [3]],
  ['mistral-large', [3]],
  ['mistral pequeno', []],
  ['1', [3, 4]],
  ['100%', [4]],
  ['"aspas"', [4]],
  ["'simples'", [4]],
  ['* FROM posts', [4]],
  ['c++', [1, 2, 3, 5, 8]],
  ['C#', [1, 2, 3, 5, 8]],
  ['node.js', [5]],
  ['@angular/core', [5]],
  ['😀', []],
  ['日本語', [6]],
  ['ελληνικα', [6]],
  ['РУССКИЙ', [6]],
  ['antidis', [7]],
  ['x'.repeat(300), [7]],
  ['+-><()~*"@ bedrock', [3]],
  ['um dois tres quatro cinco seis sete oito nove dez onze doze treze', [8]],
];

describe.each(TEST_ENGINES)('search index on %s', (engine) => {
  let database: TestDatabase;
  let dataSource: DataSource;
  const conversations: Record<number, number> = {};

  const aConversation = async (owner: string) => {
    const now = new Date();
    const user = await dataSource.getRepository(User).save({
      username: owner,
      password: 'hash',
      createdAt: now,
      role: 'member' as const,
      mustChangePassword: false,
    });
    const conversation = await dataSource.getRepository(Conversation).save({
      status: 'online' as const,
      userId: user.id,
      createdAt: now,
      updatedAt: now,
      titleByPerson: false,
      channel: 'web',
    });
    conversations[user.id] = conversation.id;
    return { ownerId: user.id, conversationId: conversation.id };
  };

  const find = async (ownerId: number, query: string): Promise<number[]> => {
    const condition = searchCondition(engine, ownerId, query);
    if (!condition) {
      return [];
    }
    const rows = await dataSource
      .createQueryBuilder()
      .select('s.post_id', 'postId')
      .from('search_text', 's')
      .where(condition.sql, { match: condition.match })
      .orderBy('s.post_id')
      .getRawMany<{ postId: number }>();
    return rows.map(({ postId }) => postId);
  };

  const expectSoon = async (read: () => Promise<number[]>, found: readonly number[]) => {
    for (let left = 100; left > 0 && (await read()).length !== found.length; left -= 1) {
      await wait(50);
    }
    expect(await read()).toEqual(found);
  };

  let ana: { ownerId: number; conversationId: number };
  let bruno: { ownerId: number; conversationId: number };

  beforeAll(async () => {
    database = await createTestDatabase(engine);
    dataSource = await openDatabase(database.target);
    ana = await aConversation('ana');
    bruno = await aConversation('bruno');
    for (const [postId, text] of Object.entries(TEXTS)) {
      await indexEntry(dataSource.manager, { ...ana, postId: Number(postId), text });
    }
    await indexEntry(dataSource.manager, {
      ...bruno,
      postId: 900,
      text: 'canário secreto bedrock',
    });
  });

  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  it.each(QUERIES)('should find for «%s» exactly %j', async (query, found) => {
    expect(await find(ana.ownerId, query)).toEqual(found);
  });

  it("should never find another person's words", async () => {
    expect(await find(ana.ownerId, 'canário')).toEqual([]);
    expect(await find(bruno.ownerId, 'canário')).toEqual([900]);
    expect(await find(bruno.ownerId, 'coração')).toEqual([]);
  });

  it('should forget the old words of a text that changed', async () => {
    await indexEntry(dataSource.manager, { ...bruno, postId: 901, text: 'antes' });
    await indexEntry(dataSource.manager, { ...bruno, postId: 901, text: 'depois' });
    expect(await find(bruno.ownerId, 'antes')).toEqual([]);
    expect(await find(bruno.ownerId, 'depois')).toEqual([901]);
  });

  it('should take a text of any length, and find its first words', async () => {
    const words = Array.from({ length: 180_000 }, (_, n) => n.toString(36).padStart(6, '一'));
    await indexEntry(dataSource.manager, { ...bruno, postId: 902, text: words.join(' ') });
    // MariaDB moves so many words aside, and for a tenth of a second finds none of them.
    await expectSoon(() => find(bruno.ownerId, words[9_999] ?? ''), [902]);
    expect(await find(bruno.ownerId, words.at(-1) ?? '')).toEqual([]);
  });

  it('should forget a conversation', async () => {
    await removeFromIndex(dataSource.manager, [bruno.conversationId]);
    expect(await find(bruno.ownerId, 'bedrock')).toEqual([]);
    expect(await find(ana.ownerId, 'bedrock')).toEqual([3]);
  });
});
