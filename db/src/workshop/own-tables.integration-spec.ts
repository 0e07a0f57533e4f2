import { describe, expect, it } from '@jest/globals';
import { createTestDatabase, TEST_SERVERS } from '../../test/test-databases.js';
import { openDatabase } from '../open-database.js';
import { ownTables } from './workshop-upgrade.js';
import { describeTables } from './workshop-schema.js';

// The embedded database has more tables of its own for the search, and is never a workshop's.
describe.each(TEST_SERVERS)('the tables of an own database on %s', (engine) => {
  it('should all be known, or an interrupted upgrade of a workshop finds one in its way', async () => {
    const database = await createTestDatabase(engine);
    const dataSource = await openDatabase(database.target);
    const runner = dataSource.createQueryRunner();
    const own = ownTables(dataSource);
    const there = [...(await describeTables(runner)).keys()];
    expect(there.filter((name) => !own.has(name))).toEqual([]);
    expect(there.length).toBeGreaterThan(own.size / 2);
    await runner.release();
    await dataSource.destroy();
    await database.drop();
  });
});
