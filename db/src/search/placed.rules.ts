import type { Engine } from '../engine.js';

/**
 * SQL with its `:named` parameters in the form in which an engine's driver takes them.
 * @param values to which theirs are added, in the order of the statement.
 */
export function placed(
  engine: Engine,
  sql: string,
  named: Readonly<Record<string, unknown>>,
  values: unknown[],
): string {
  return sql.replace(/:([a-z]+)/gi, (_, name: string) => {
    values.push(named[name]);
    return engine === 'postgres' ? `$${String(values.length)}` : '?';
  });
}
