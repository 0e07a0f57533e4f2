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

export interface DocumentFailureOptions extends ErrorOptions {
  /** The file itself is why: it says so whenever it is read. */
  readonly isFinal?: boolean;
}

/** A document that could not be read; its code and details are kept with the version. */
export class DocumentFailure extends Error {
  override readonly name = 'DocumentFailure';

  private readonly isFinal: boolean;

  constructor(
    readonly code: DocumentProblem,
    readonly details?: ErrorDetails,
    { isFinal = false, ...options }: DocumentFailureOptions = {},
  ) {
    super(code, options);
    this.isFinal = isFinal;
  }

  /** Whether another attempt may end otherwise. */
  get mayPass(): boolean {
    return !this.isFinal && MAY_PASS.includes(this.code);
  }
}
