import type { QueryRunner } from 'typeorm';

/** What a query finds, in the form its words promise. */
export async function rowsOf<T>(
  runner: QueryRunner,
  sql: string,
  parameters?: readonly unknown[],
): Promise<readonly T[]> {
  return (await runner.query(sql, parameters && [...parameters])) as readonly T[];
}

/** The one number that a query finds under the name `n`. */
export async function numberOf(
  runner: QueryRunner,
  sql: string,
  parameters?: readonly unknown[],
): Promise<number> {
  const [row] = await rowsOf<{ n: number | string }>(runner, sql, parameters);
  return Number(row?.n ?? 0);
}

/** A name that came from the database, for a statement. */
export const quoted = (name: string) => `\`${name.replaceAll('`', '``')}\``;

/**
 * SQL that reads a time as ISO text in UTC; null for none and for MySQL's day zero. A `timestamp`
 * is an instant; a `datetime` was written by the server's own clock, whose zone it does not tell.
 */
export function timeSql(column: string, type: string | undefined): string {
  const own = `CAST(${column} AS DATETIME(6))`;
  const utc =
    type === 'timestamp'
      ? column
      : `COALESCE(CONVERT_TZ(${own}, @@global.time_zone, '+00:00'), ${own})`;
  return `IF(YEAR(${column}) > 0, DATE_FORMAT(${utc}, '%Y-%m-%dT%H:%i:%s.%f'), NULL)`;
}

/** The time that `timeSql` read, in whole milliseconds; null where there is none. */
export function timeOf(text: string | null): Date | null {
  const time = new Date(`${(text ?? '').slice(0, 'YYYY-MM-DDThh:mm:ss.mmm'.length)}Z`);
  return Number.isNaN(time.getTime()) ? null : time;
}

/** A time as a MariaDB literal without its quotes. */
export const timeLiteral = (time: Date) => time.toISOString().replace('T', ' ').replace('Z', '');
