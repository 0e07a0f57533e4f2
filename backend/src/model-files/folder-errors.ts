import { DomainError } from '../platform/domain-error.js';

/** Of the disk itself, or of what a person may use of it. */
const FULL = ['ENOSPC', 'EDQUOT', 'EFBIG', 'SQLITE_FULL'];
const NOT_WRITABLE = [
  ...['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EISDIR', 'EEXIST', 'EIO', 'ELOOP', 'ENAMETOOLONG'],
  ...['SQLITE_CANTOPEN', 'SQLITE_READONLY', 'SQLITE_IOERR'],
];

function codeOf(error: unknown): string {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' ? code : '';
}

/** Whether the disk has no room, whatever it had before. */
export const isFull = (error: unknown): boolean => FULL.includes(codeOf(error));

/** Puts what the disk says into our words. Anything else is returned as it is. */
export function folderError(error: unknown): unknown {
  const code = codeOf(error);
  return NOT_WRITABLE.some((known) => code.startsWith(known))
    ? new DomainError('DOWNLOAD.FOLDER', { reason: code }, { cause: error })
    : error;
}

/** @throws {DomainError} DOWNLOAD.FOLDER in place of the system's errors. */
export async function inFolder<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw folderError(error);
  }
}
