import type { Engine } from '#db';
import type { ClockPiece } from '../platform/civil-days.rules.js';

/** When a call of `usage` was opened, in whole seconds since 1970. */
export const SECONDS_SQL: Readonly<Record<Engine, string>> = {
  sqlite: 'unixepoch(opened_at)',
  mariadb: "TIMESTAMPDIFF(SECOND, '1970-01-01', opened_at)",
  postgres: 'CAST(FLOOR(EXTRACT(EPOCH FROM opened_at)) AS bigint)',
};

/** What rows of `usage` come to. */
export const SUMS_OF_CALLS = `COUNT(*) AS calls,
  SUM(COALESCE(prompt_tokens, 0)) AS prompt_tokens,
  SUM(COALESCE(cached_tokens, 0)) AS cached_tokens,
  SUM(COALESCE(completion_tokens, 0)) AS completion_tokens,
  SUM(CASE WHEN estimated THEN 1 ELSE 0 END) AS estimated_calls,
  SUM(COALESCE(cost_nano_usd, 0)) AS cost_nano_usd,
  SUM(CASE WHEN cost_nano_usd IS NULL THEN 1 ELSE 0 END) AS unpriced_calls`;

/** The columns of {@link SUMS_OF_CALLS}, in its order. */
export const SUMS = [
  'calls',
  'prompt_tokens',
  'cached_tokens',
  'completion_tokens',
  'estimated_calls',
  'cost_nano_usd',
  'unpriced_calls',
] as const;

/** What sums come to. */
export const SUMS_OF_SUMS = SUMS.map((name) => `SUM(${name}) AS ${name}`).join(', ');

/** Whole units of some seconds that an expression has, rounded down. */
export function wholeSql(engine: Engine, expression: string, seconds: number): string {
  // MariaDB's `/` makes fractions of integers, the others' does not.
  return `(${expression}) ${engine === 'mariadb' ? 'DIV' : '/'} ${String(seconds)}`;
}

/**
 * The day, as a clock has it, of a moment: a number as in `civil-days.rules.ts`.
 * @param seconds SQL for the moment.
 */
export function daySql(engine: Engine, seconds: string, clock: readonly ClockPiece[]): string {
  const offset = clock.reduceRight(
    (before, { offset: own }, at) =>
      before === ''
        ? String(own)
        : `CASE WHEN ${seconds} < ${String(clock[at + 1]?.from)} THEN ${String(own)} ELSE ${before} END`,
    '',
  );
  return wholeSql(engine, `${seconds} + ${offset}`, 86_400);
}
