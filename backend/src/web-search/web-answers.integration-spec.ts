import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { openDatabase, User, WebAnswer, WebCount } from '#db';
import {
  createTestDatabase,
  TEST_ENGINES,
  type TestDatabase,
} from '../../../db/test/test-databases.js';
import { WebAnswersRepository } from './web-answers.repository.js';

const NOW = new Date('2026-11-21T12:00:00Z');
const later = (ms: number): Date => new Date(NOW.getTime() + ms);

describe.each(TEST_ENGINES)('what the web answered, on %s', (engine) => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let answers: WebAnswersRepository;
  let userId: number;

  beforeAll(async () => {
    database = await createTestDatabase(engine);
    dataSource = await openDatabase(database.target);
    answers = new WebAnswersRepository(dataSource);
    const { id } = await dataSource.getRepository(User).save({
      username: 'ana',
      password: 'x',
      role: 'member',
      mustChangePassword: false,
      createdAt: NOW,
    });
    userId = id;
  });
  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  it('should keep the last answer until it expires, under a name that nobody can read', async () => {
    await answers.keep('quem é Ana?', '1', later(1000));
    await answers.keep('quem é Ana?', '"ação 🙂"', later(2000));
    expect(await answers.find('quem é Ana?', later(1999))).toBe('"ação 🙂"');
    expect(await answers.find('quem é Ana?', later(2000))).toBeUndefined();
    expect(await answers.find('quem é Bia?', NOW)).toBeUndefined();
    const rows = await dataSource.getRepository(WebAnswer).find();
    expect(rows.map(({ id }) => id)).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/)]);
  });

  it('should count as many searches as a day allows, however many come at once', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => answers.count(userId, 5, 7)));
    expect(all.filter(Boolean)).toHaveLength(7);
    expect(await answers.count(userId, 5, 7)).toBe(false);
    expect(await answers.count(userId, 6, 7)).toBe(true);
    expect(await answers.count(userId, 7, 0)).toBe(false);
  });

  it('should forget what has expired and days that are past', async () => {
    await answers.keep('old', '1', later(-1));
    await answers.keep('new', '2', later(60_000));
    await answers.sweep(NOW, 7);
    expect(await answers.find('new', NOW)).toBe('2');
    expect(await dataSource.getRepository(WebAnswer).countBy({ content: '1' })).toBe(0);
    expect((await dataSource.getRepository(WebCount).find()).map(({ day }) => day)).toEqual([6]);
  });
});
