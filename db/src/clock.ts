import type { Engine } from './engine.js';

/** SQL for the database's own time, in UTC and milliseconds, as the columns hold it. */
export const NOW_SQL: Record<Engine, string> = {
  sqlite: "strftime('%Y-%m-%d %H:%M:%f', 'now')",
  mariadb: 'UTC_TIMESTAMP(3)',
  postgres: 'now()',
};

/** SQL for the database's own time some whole seconds ago. */
export function secondsAgoSql(engine: Engine, seconds: number): string {
  const whole = String(Math.trunc(seconds));
  switch (engine) {
    case 'sqlite':
      return `strftime('%Y-%m-%d %H:%M:%f', 'now', '-${whole} seconds')`;
    case 'mariadb':
      return `UTC_TIMESTAMP(3) - INTERVAL ${whole} SECOND`;
    case 'postgres':
      return `now() - interval '${whole} seconds'`;
  }
}

/** SQL for the database's own time some whole seconds from now. */
export function secondsAheadSql(engine: Engine, seconds: number): string {
  const whole = String(Math.trunc(seconds));
  switch (engine) {
    case 'sqlite':
      return `strftime('%Y-%m-%d %H:%M:%f', 'now', '+${whole} seconds')`;
    case 'mariadb':
      return `UTC_TIMESTAMP(3) + INTERVAL ${whole} SECOND`;
    case 'postgres':
      return `now() + interval '${whole} seconds'`;
  }
}
