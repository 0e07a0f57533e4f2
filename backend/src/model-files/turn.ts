import { FolderInUseError, lockFolder } from '#db';
import { DomainError } from '../platform/domain-error.js';
import { folderError } from './folder-errors.js';

/**
 * Takes the turn to download into a folder: one download at a time, whichever process makes it. The
 * turn of a process that dies ends with it.
 * @returns ends the turn.
 * @throws {DomainError} DOWNLOAD.BUSY, DOWNLOAD.FOLDER
 */
export function takeTurn(folder: string): () => void {
  try {
    return lockFolder(folder);
  } catch (error) {
    if (error instanceof FolderInUseError) throw new DomainError('DOWNLOAD.BUSY');
    throw folderError(error);
  }
}
