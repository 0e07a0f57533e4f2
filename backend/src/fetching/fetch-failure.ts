/**
 * Why an address was not fetched. `address` (not one of the web's), `private` (inside a network),
 * `redirects` (too many), `size`, `time`, `type` (a kind of content nobody asked for), `status`
 * (answered, but not with content), `unreachable` (name, connection, TLS, broken content).
 */
export type FetchProblem =
  'address' | 'private' | 'redirects' | 'size' | 'time' | 'type' | 'status' | 'unreachable';

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
