import type { DataSource } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '../../test/test-databases.js';
import { driverCode, inTransaction, takesNoWriting, openDatabase } from '../index.js';

describe('transactions of the embedded database', () => {
  let database: TestDatabase;
  let dataSource: DataSource;

  beforeAll(async () => {
    database = await createTestDatabase('sqlite');
    dataSource = await openDatabase(database.target);
    await dataSource.query('CREATE TABLE filling (content blob)');
  });

  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  const fill = (bytes: number) =>
    inTransaction(dataSource, async (manager) => {
      await manager.query('INSERT INTO filling VALUES (zeroblob(10))');
      await manager.query('INSERT INTO filling VALUES (zeroblob(?))', [bytes]);
    });
  const count = async () => {
    const rows = await dataSource.query<{ n: number }[]>('SELECT count(*) AS n FROM filling');
    return rows[0]?.n;
  };

  it('should go on after a disk that was full', async () => {
    await dataSource.query('PRAGMA max_page_count = 100'); // The disk ends here, for SQLite.

    const error: unknown = await fill(1_000_000).catch((reason: unknown) => reason);
    expect(driverCode(error)).toBe('SQLITE_FULL');
    expect(takesNoWriting(error)).toBe(true); // 503 to callers, and answers wait in memory.
    expect(await count()).toBe(0);

    await dataSource.query('PRAGMA max_page_count = 1000000');
    await fill(1_000_000);
    expect(await count()).toBe(2);
  });
});
