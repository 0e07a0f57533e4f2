import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';

/** Another process has the folder's database open. */
export class FolderInUseError extends Error {
  override readonly name = 'FolderInUseError';

  constructor(
    readonly folder: string,
    /** Who holds it, in words; empty when that process could not say. */
    readonly holder: string,
  ) {
    super(`${folder} is in use by ${holder || 'another process'}`);
  }
}

/**
 * Takes the folder for this process until it ends, however it ends: the operating system gives
 * the lock back, so a `kill -9` leaves nothing to clean up.
 * @returns a function that gives the folder back.
 * @throws {FolderInUseError} when another process has it.
 */
export function lockFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const holderFile = join(folder, 'prosa.lock.txt');
  const lock = new Database(join(folder, 'prosa.lock'), { timeout: 0 });
  try {
    lock.exec('PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if ((error as { code?: string }).code !== 'SQLITE_BUSY') {
      throw error;
    }
    throw new FolderInUseError(folder, readHolder(holderFile));
  }
  writeFileSync(holderFile, `process ${String(process.pid)}, since ${new Date().toISOString()}\n`);
  return () => {
    lock.close();
  };
}

function readHolder(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return ''; // The holder may not have written it yet.
  }
}
