import type { FuzzEngine } from '../../fuzz/databases.ts';
import { withDatabase } from '../../ledger/ledger-rows.ts';
import type { CanaryHunt } from './hunt.ts';

const TABLES: Readonly<Record<FuzzEngine, string>> = {
  sqlite: "SELECT name AS name FROM sqlite_master WHERE type = 'table'",
  mariadb:
    'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()',
  postgres:
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'",
};

/** Searches every row of every table: a server may store a long value packed. */
export function searchTables(hunt: CanaryHunt, engine: FuzzEngine, place: string): Promise<void> {
  return withDatabase(engine, place, async (query) => {
    const quote = engine === 'mariadb' ? '`' : '"';
    for (const { name } of await query(TABLES[engine])) {
      const rows = await query(`SELECT * FROM ${quote}${String(name)}${quote}`);
      hunt.look('every table', rows.map((row) => JSON.stringify(row, written)).join('\n'));
    }
  });
}

/** Bytes as text, and what JSON cannot write. */
function written(_: string, value: unknown): unknown {
  if (typeof value === 'bigint') return String(value);
  const bytes = (value as { type?: unknown; data?: unknown } | null) ?? {};
  return bytes.type === 'Buffer' ? Buffer.from(bytes.data as number[]).toString('latin1') : value;
}
