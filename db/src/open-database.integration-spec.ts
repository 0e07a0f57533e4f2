import type { DataSource } from 'typeorm';
import { createTestDatabase, TEST_ENGINES, type TestDatabase } from '../test/test-databases.js';
import { driverCode, isDuplicate, openDatabase, User } from './index.js';

const aPerson = (username: string): Partial<User> => ({
  username,
  password: 'hash',
  createdAt: new Date('2026-01-02T03:04:05.678Z'),
  role: 'member',
  mustChangePassword: false,
});

describe.each(TEST_ENGINES)('openDatabase on %s', (engine) => {
  let database: TestDatabase;
  let dataSource: DataSource;

  beforeAll(async () => {
    database = await createTestDatabase(engine);
    dataSource = await openDatabase(database.target);
  });

  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  it('should keep times to the millisecond, in UTC', async () => {
    const { id } = await dataSource.getRepository(User).save(aPerson('times'));
    const found = await dataSource.getRepository(User).findOneByOrFail({ id });
    expect(found.createdAt.toISOString()).toBe('2026-01-02T03:04:05.678Z');
    expect(found.suspendedAt).toBeNull();
    expect(found.mustChangePassword).toBe(false);
  });

  it('should keep four-byte characters and long text', async () => {
    const { id } = await dataSource.getRepository(User).save({
      ...aPerson('emoji'),
      displayName: 'Zoë 🦜 ação',
    });
    const found = await dataSource.getRepository(User).findOneByOrFail({ id });
    expect(found.displayName).toBe('Zoë 🦜 ação');
  });

  it('should name a refused duplicate the same way on each engine', async () => {
    await dataSource.getRepository(User).insert(aPerson('twice'));
    const error: unknown = await dataSource
      .getRepository(User)
      .insert(aPerson('twice'))
      .catch((reason: unknown) => reason);
    expect({ duplicate: isDuplicate(error), code: driverCode(error) }).toMatchObject({
      duplicate: true,
    });
  });

  it('should give each caller a transaction of its own', async () => {
    const users = dataSource.getRepository(User);
    const insideA = Promise.withResolvers<void>();
    const endA = Promise.withResolvers<void>();
    const a = dataSource.transaction(async (manager) => {
      await manager.insert(User, aPerson('of-a'));
      insideA.resolve();
      await endA.promise;
      throw new Error('A changes its mind');
    });
    await insideA.promise;
    const b = dataSource.transaction((manager) => manager.insert(User, aPerson('of-b')));
    const c = users.insert(aPerson('of-c'));
    endA.resolve();
    await expect(a).rejects.toThrow('A changes its mind');
    await Promise.all([b, c]);
    expect(await users.countBy({ username: 'of-a' })).toBe(0);
    expect(await users.countBy({ username: 'of-b' })).toBe(1);
    expect(await users.countBy({ username: 'of-c' })).toBe(1);
  });

  it('should undo and redo its migrations', async () => {
    const scratch = await createTestDatabase(engine);
    const other = await openDatabase(scratch.target);
    try {
      for (const _ of other.migrations) {
        await other.undoLastMigration();
      }
      await other.runMigrations();
      expect(await other.getRepository(User).count()).toBe(0);
    } finally {
      await other.destroy();
      await scratch.drop();
    }
  });

  it('should not migrate twice', async () => {
    const again = await openDatabase(database.target);
    expect(await again.showMigrations()).toBe(false);
    await again.destroy();
  });
});
