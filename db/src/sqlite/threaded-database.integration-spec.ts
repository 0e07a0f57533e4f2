import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ThreadedDatabase } from './threaded-database.js';

describe(ThreadedDatabase.name, () => {
  const folder = mkdtempSync(join(tmpdir(), 'prosa-thread-'));
  const database = new ThreadedDatabase(join(folder, 'test.db'));

  afterAll(() => {
    database.close();
    rmSync(folder, { recursive: true });
  });

  it('should answer in the order of the questions', async () => {
    const answers = await Promise.all([
      database.query('CREATE TABLE t (a text UNIQUE)', []),
      database.query('INSERT INTO t VALUES (?)', ['😀 ação']),
      database.query('SELECT a FROM t', []),
    ]);

    expect(answers).toEqual([
      { affected: 0, lastId: 0 },
      { affected: 1, lastId: 1 },
      { rows: [{ a: '😀 ação' }] },
    ]);
  });

  it("should refuse with SQLite's own words and code, and go on", async () => {
    await expect(database.query('INSERT INTO t VALUES (?)', ['😀 ação'])).rejects.toMatchObject({
      code: 'SQLITE_CONSTRAINT_UNIQUE',
      message: 'UNIQUE constraint failed: t.a',
    });
    await expect(database.query('SELEKT', [])).rejects.toMatchObject({ code: 'SQLITE_ERROR' });
    expect(await database.query('SELECT 1 AS one', [])).toEqual({ rows: [{ one: 1 }] });
  });

  it('should leave the event loop free while a statement takes its time', async () => {
    const slow = database.query(
      'WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 2000000) SELECT max(i) FROM n',
      [],
    );
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 1);
    await slow;
    clearInterval(timer);

    expect(turns).toBeGreaterThan(10);
  });

  it('should tell whoever asks when the file cannot be opened', async () => {
    const none = new ThreadedDatabase(join(folder, 'no', 'such', 'folder.db'));

    await expect(none.query('SELECT 1', [])).rejects.toThrow(/directory/);
    await expect(none.query('SELECT 1', [])).rejects.toThrow(/directory/);
  });

  it('should refuse to answer once it is closed', async () => {
    const closed = new ThreadedDatabase(join(folder, 'closed.db'));
    await closed.query('SELECT 1', []);
    closed.close();

    await expect(closed.query('SELECT 1', [])).rejects.toThrow('the database is closed');
  });
});
