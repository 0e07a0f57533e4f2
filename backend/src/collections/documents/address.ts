import type { GuardedFetch } from '../../fetching/guarded-fetch.js';
import { parseAddress } from '../../fetching/address.rules.js';
import { DomainError } from '../../platform/domain-error.js';

/**
 * Reads the address of a page that somebody wants to add, and asks the guarded door whether it would
 * open it: whoever typed it is told at once. Whether anything is there shows when it is fetched.
 * @throws {DomainError} DOCUMENT.ADDRESS_INVALID, or DOCUMENT.PRIVATE for one inside a network.
 */
export async function requireAddress(door: GuardedFetch, address: string): Promise<URL> {
  const refusal = await door.refusal(address);
  if (refusal?.problem === 'private') {
    throw new DomainError('DOCUMENT.PRIVATE', { host: parseAddress(address).host });
  }
  if (refusal) throw new DomainError('DOCUMENT.ADDRESS_INVALID');
  return parseAddress(address);
}
