import { describe, expect, it } from '@jest/globals';
import { judgeDatabase, type Tables } from './workshop-tables.rules.js';

const OWN = new Set(['users', 'conversation', 'posts', 'sessions', 'migrations']);

const USERS = { id: 'int', username: 'varchar', password: 'varchar', created_at: 'timestamp' };
const PROSA_USERS = { ...USERS, must_change_password: 'tinyint' };
const MIGRATIONS = { id: 'int', timestamp: 'bigint', name: 'varchar' };

const tablesOf = (tables: Readonly<Record<string, Readonly<Record<string, string>>>>): Tables =>
  new Map(
    Object.entries(tables).map(([name, columns]) => [
      name,
      { isView: false, columns: new Map(Object.entries(columns)) },
    ]),
  );

describe(judgeDatabase.name, () => {
  it.each([
    ['an empty database', {}],
    ['tables of other programs that are not in the way', { invoices: { id: 'int' } }],
    ['Prosa', { migrations: MIGRATIONS, users: PROSA_USERS, sessions: {} }],
    ['a first migration that was cut short', { migrations: MIGRATIONS }],
  ])('should migrate %s', (_, tables) => {
    expect(judgeDatabase('mariadb', tablesOf(tables), OWN)).toEqual({ kind: 'ours' });
  });

  it('should know the workshop at any of its steps', () => {
    expect(judgeDatabase('mariadb', tablesOf({ users: USERS }), OWN).kind).toBe('workshop');
  });

  it.each([
    ['before the migrations', {}],
    ['between them', { migrations: MIGRATIONS, users: PROSA_USERS }],
  ])('should go on with a workshop that was left %s', (_, tables) => {
    const left = tablesOf({ ...tables, workshop_users: USERS });
    expect(judgeDatabase('mariadb', left, OWN)).toEqual({ kind: 'half-way' });
  });

  it.each(['sqlite', 'postgres'] as const)('should refuse a workshop on %s', (engine) => {
    expect(judgeDatabase(engine, tablesOf({ users: USERS }), OWN)).toEqual({
      kind: 'foreign',
      reason: 'Prosa takes over a database of the workshop on MariaDB only',
    });
  });

  it('should refuse people of another program that has migrations, too', () => {
    const tables = tablesOf({ migrations: MIGRATIONS, users: { ...USERS, email: 'varchar' } });
    expect(judgeDatabase('mariadb', tables, OWN)).toEqual({
      kind: 'foreign',
      reason: 'its table "users" is of another program',
    });
  });

  it('should name every column that does not fit', () => {
    const tables = tablesOf({ users: { id: 'uuid', username: 'varchar', created_at: 'date' } });
    expect(judgeDatabase('mariadb', tables, OWN)).toEqual({
      kind: 'foreign',
      reason:
        '"id" of its table "users" is of type uuid; its table "users" has no column "password"',
    });
  });
});
