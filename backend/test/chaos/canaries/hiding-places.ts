import type { ChaosDatabase } from '../database.ts';
import type { CanaryHunt } from './hunt.ts';
import { searchTables } from './tables.ts';

/** Of a server's own folder: what each kind of file is to people. */
const SERVER_FILES: readonly (readonly [RegExp, string])[] = [
  [/(^|\/)(ib_logfile|undo|pg_wal\/|aria_log)/, 'database log'],
  [/(^|\/)binlog\./, 'database binary log'],
];

/** Searches the data folder of a server that is dead or has ended: database, journal, spool. */
export function searchDataFolder(hunt: CanaryHunt, folder: string): Promise<void> {
  return hunt.folder(folder, (path) => {
    if (path === 'prosa.db') return 'database file';
    if (path.startsWith('prosa.db')) return 'database journal (WAL)';
    return path.startsWith('spool') ? 'spool of unsaved text' : 'data folder';
  });
}

/** Searches what a database server has written so far; of one on a file its tables. */
export async function searchDatabase(hunt: CanaryHunt, database: ChaosDatabase): Promise<void> {
  const { folder } = database;
  if (folder === undefined) return;
  await hunt.folder(
    folder,
    (path) => SERVER_FILES.find(([sign]) => sign.test(path))?.[1] ?? 'database files',
  );
}

export { searchTables };
