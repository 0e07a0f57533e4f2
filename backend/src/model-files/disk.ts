import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Bytes that are free where a folder is or will be; Infinity where the system does not say. */
export async function freeBytes(folder: string): Promise<number> {
  let there = folder;
  while (!existsSync(there) && dirname(there) !== there) there = dirname(there);
  const { bavail, bsize } = await statfs(there).catch(() => ({ bavail: Infinity, bsize: 1 }));
  return bavail * bsize;
}
