import type { Engine } from '../engine.js';

/** A table or view as the database describes it. */
export interface TableShape {
  readonly isView: boolean;
  /** Data types by column, both in lower case. */
  readonly columns: ReadonlyMap<string, string>;
}

/** What is in a database, by the table's name. */
export type Tables = ReadonlyMap<string, TableShape>;

/** What a start does with a database. */
export type Verdict =
  /** Empty or Prosa's own: migrate it. */
  | { readonly kind: 'ours' }
  /** The workshop's, untouched. */
  | { readonly kind: 'workshop' }
  /** The workshop's, and a start that was to take it over was interrupted. */
  | { readonly kind: 'half-way' }
  /** Somebody else's: change nothing. */
  | { readonly kind: 'foreign'; readonly reason: string };

/**
 * The tables of the ml-end2end workshop, from which Prosa's own took their names. A database may
 * have stopped at any of the workshop's steps, so the later two may be missing.
 */
export const WORKSHOP_TABLES = ['users', 'conversation', 'posts'] as const;
export type WorkshopTable = (typeof WORKSHOP_TABLES)[number];

/** The name of a workshop table while its rows are taken over. */
export const asideName = (table: WorkshopTable) => `workshop_${table}` as const;

/** The table that holds afterwards what Prosa has no place for. */
export const keptName = (table: WorkshopTable) => `kept_${table}` as const;

const INTEGER = ['tinyint', 'smallint', 'mediumint', 'int', 'bigint'];
const TEXT = ['char', 'varchar', 'tinytext', 'text', 'mediumtext', 'longtext', 'enum'];
const TIME = ['timestamp', 'datetime', 'date'];

/** The workshop's columns, with the types in which each can be read without loss. */
const COLUMNS: Record<WorkshopTable, Readonly<Record<string, readonly string[]>>> = {
  users: { id: INTEGER, username: TEXT, password: TEXT, created_at: TIME },
  conversation: { id: INTEGER, status: TEXT, user_id: INTEGER, created_at: TIME },
  posts: { id: INTEGER, prompt: TEXT, body: TEXT, conversation_id: INTEGER, created_at: TIME },
};

/** A column of Prosa's first migration that no other program's `users` is likely to have. */
const OWN_USERS_COLUMN = 'must_change_password';

/**
 * Decides whose database it is, by the names and types of its columns alone.
 * @param ownNames every table that Prosa makes.
 */
export function judgeDatabase(
  engine: Engine,
  tables: Tables,
  ownNames: ReadonlySet<string>,
): Verdict {
  if (isHalfWay(tables)) {
    return { kind: 'half-way' };
  }
  const reason = tables.has('migrations')
    ? problemOfMigrated(tables)
    : problemOfUnmigrated(engine, tables, ownNames);
  if (reason !== undefined) {
    return { kind: 'foreign', reason };
  }
  return { kind: isWorkshop(tables) ? 'workshop' : 'ours' };
}

/** The columns of a table that the workshop did not have. */
export function extraColumns(table: WorkshopTable, shape: TableShape): string[] {
  return [...shape.columns.keys()].filter((column) => !(column in COLUMNS[table]));
}

const isWorkshop = (tables: Tables) =>
  tables.has('users') && !tables.get('users')?.columns.has(OWN_USERS_COLUMN);

function isHalfWay(tables: Tables): boolean {
  const aside = tables.get(asideName('users'));
  return aside !== undefined && problemsOf('users', aside).length === 0 && !isWorkshop(tables);
}

function problemOfMigrated(tables: Tables): string | undefined {
  const { columns } = tables.get('migrations') ?? {};
  if (!columns?.has('timestamp') || !columns.has('name')) {
    return 'its table "migrations" is of another program';
  }
  return isWorkshop(tables) ? `its table "users" is of another program` : undefined;
}

function problemOfUnmigrated(
  engine: Engine,
  tables: Tables,
  ownNames: ReadonlySet<string>,
): string | undefined {
  const taken = [...tables.keys()].filter((name) => ownNames.has(name));
  if (taken.length === 0) {
    return undefined;
  }
  if (!isWorkshop(tables)) {
    return `it has a table "${String(taken[0])}" that Prosa did not make`;
  }
  const problems = WORKSHOP_TABLES.flatMap((table) => {
    const shape = tables.get(table);
    return shape ? problemsOf(table, shape) : [];
  });
  if (problems.length > 0) {
    return problems.join('; ');
  }
  if (engine !== 'mariadb') {
    return 'Prosa takes over a database of the workshop on MariaDB only';
  }
  const names = [...WORKSHOP_TABLES.map(asideName), ...WORKSHOP_TABLES.map(keptName)] as string[];
  const inTheWay = [
    ...taken.filter((name) => !WORKSHOP_TABLES.some((table) => table === name)),
    ...names.filter((name) => tables.has(name)),
  ];
  return inTheWay.length === 0
    ? undefined
    : `tables are in the way that must be renamed first: ${inTheWay.join(', ')}`;
}

function problemsOf(table: WorkshopTable, { isView, columns }: TableShape): string[] {
  if (isView) {
    return [`its "${table}" is a view`];
  }
  return Object.entries(COLUMNS[table]).flatMap(([column, types]) => {
    const type = columns.get(column);
    if (type === undefined) {
      return [`its table "${table}" has no column "${column}"`];
    }
    return types.includes(type) ? [] : [`"${column}" of its table "${table}" is of type ${type}`];
  });
}
