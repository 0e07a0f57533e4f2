import { createHash } from 'node:crypto';
import { DomainError } from './domain-error.js';

/** What a key may be: 1 to 200 visible ASCII characters. */
export const KEY_PATTERN = '^[!-~]{1,200}$';

/**
 * Checks the caller's `Idempotency-Key`.
 * @throws {DomainError} RUN.KEY_INVALID unless it is 1 to 200 visible ASCII characters.
 */
export function requireKey(header: string | string[] | undefined): string | null {
  if (header === undefined) {
    return null;
  }
  if (typeof header !== 'string' || !new RegExp(KEY_PATTERN).test(header)) {
    throw new DomainError('RUN.KEY_INVALID');
  }
  return header;
}

/** What is asked, in a form that tells whether two requests with one key are the same: SHA-256. */
export function requestHash(request: Readonly<Record<string, unknown>>): string {
  const sorted = Object.entries(request)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(sorted)).digest('hex');
}
