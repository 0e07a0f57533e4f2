import type { UploadTarget } from '../api/files-api';

/** Files sent at the same time: more would only share the same line. */
export const PARALLEL = 3;

/** What became of a file that was chosen. `done` ones leave the list: they are documents now. */
export type UploadState = 'queued' | 'sending' | 'failed';

/** A file on its way. */
export interface Upload {
  readonly key: string;
  readonly file: File;
  readonly target: UploadTarget;
  readonly state: UploadState;
  /** How much of it has been sent, 0 to 1. */
  readonly sent: number;
  /** Why it failed, in words. */
  readonly problem: string;
  /** The document that has the same bytes, where that is why. */
  readonly sameAs: number | null;
  /** Sending it again might end otherwise. */
  readonly mayRetry: boolean;
}

/** Which of the files are to be sent next, in the order in which they were chosen. */
export function nextUploads(uploads: readonly Upload[]): readonly Upload[] {
  const free = PARALLEL - uploads.filter(({ state }) => state === 'sending').length;
  return uploads.filter(({ state }) => state === 'queued').slice(0, Math.max(0, free));
}

/** Whether two targets are the same place. */
export function isSameTarget(one: UploadTarget, other: UploadTarget): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Refusals that say something of the file itself: it would be refused again. */
const FINAL = new Set([
  'DOCUMENT.SAME',
  'DOCUMENT.EMPTY',
  'DOCUMENT.TYPE',
  'DOCUMENT.TOO_BIG',
  'COLLECTION.NOT_FOUND',
  'COLLECTION.READ_ONLY',
]);

/** Whether a file that was refused with that code is worth sending again. */
export const isWorthRetrying = (code: string): boolean => !FINAL.has(code);
