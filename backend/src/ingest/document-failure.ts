import type { ErrorDetails } from '../platform/domain-error.js';
import type { ErrorCode } from '../platform/error-codes.js';

/** Why a document cannot be found in. */
export type DocumentProblem = Extract<ErrorCode, `DOCUMENT.${string}`> | 'COLLECTION.NO_ROOM';

/** What may be otherwise the next time: the machine was busy then. */
const MAY_PASS: readonly DocumentProblem[] = [
  'DOCUMENT.TOO_SLOW',
  'DOCUMENT.TOO_LARGE_TO_READ',
  'DOCUMENT.FAILED',
];

/** A document that could not be read; its code and details are kept with the version. */
export class DocumentFailure extends Error {
  override readonly name = 'DocumentFailure';

  constructor(
    readonly code: DocumentProblem,
    readonly details?: ErrorDetails,
    options?: ErrorOptions,
  ) {
    super(code, options);
  }

  /** Whether another attempt may end otherwise. */
  get mayPass(): boolean {
    return MAY_PASS.includes(this.code);
  }
}
