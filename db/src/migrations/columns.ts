import type { TableColumnOptions } from 'typeorm';
import type { Engine } from '../engine.js';

type Extra = Partial<TableColumnOptions>;

/** Column types that mean the same on each engine. Times are UTC in whole milliseconds. */
export interface ColumnTypes {
  /** Counts up by itself; the primary key. */
  id(type?: 'int' | 'bigint'): TableColumnOptions;
  int(name: string, extra?: Extra): TableColumnOptions;
  bigint(name: string, extra?: Extra): TableColumnOptions;
  boolean(name: string, extra?: Extra): TableColumnOptions;
  varchar(name: string, length: number, extra?: Extra): TableColumnOptions;
  /** Text without a limit that matters (4 GiB on MariaDB). */
  text(name: string, extra?: Extra): TableColumnOptions;
  time(name: string, extra?: Extra): TableColumnOptions;
  oneOf(name: string, values: readonly string[], enumName: string): TableColumnOptions;
}

/** The column types of one engine. */
export function columnTypes(engine: Engine): ColumnTypes {
  const integer = engine === 'sqlite' ? 'integer' : 'int';
  const time = { sqlite: 'datetime', mariadb: 'datetime', postgres: 'timestamptz' }[engine];
  return {
    id: (type = 'int') => ({
      name: 'id',
      type: engine === 'sqlite' ? 'integer' : type,
      isPrimary: true,
      isGenerated: true,
      generationStrategy: 'increment',
    }),
    int: (name, extra) => ({ name, type: integer, ...extra }),
    bigint: (name, extra) => ({ name, type: engine === 'sqlite' ? integer : 'bigint', ...extra }),
    boolean: (name, extra) => ({
      name,
      type: engine === 'mariadb' ? 'tinyint' : 'boolean',
      ...extra,
    }),
    varchar: (name, length, extra) => ({ name, type: 'varchar', length: String(length), ...extra }),
    text: (name, extra) => ({ name, type: engine === 'mariadb' ? 'longtext' : 'text', ...extra }),
    time: (name, extra) => ({
      name,
      type: time,
      ...(engine === 'sqlite' ? {} : { precision: 3 }),
      ...extra,
    }),
    oneOf: (name, values, enumName) => ({
      name,
      type: engine === 'sqlite' ? 'varchar' : 'enum',
      enum: [...values],
      ...(engine === 'postgres' ? { enumName } : {}),
    }),
  };
}

/** A foreign key whose rows go with the row they point to. */
export function cascade(name: string, column: string, table: string) {
  return {
    name,
    columnNames: [column],
    referencedTableName: table,
    referencedColumnNames: ['id'],
    onDelete: 'CASCADE',
  };
}
