import type { FetchProblem } from '../platform/messages/fetch-problems.js';

export type { FetchProblem };

/** An address that was refused or could not be read; the one error of this folder. */
export class FetchFailure extends Error {
  override readonly name = 'FetchFailure';

  constructor(
    readonly problem: FetchProblem,
    /** What a log may say of it: never content of the page. */
    detail: string,
    options?: ErrorOptions,
  ) {
    super(`${problem}: ${detail}`, options);
  }
}
