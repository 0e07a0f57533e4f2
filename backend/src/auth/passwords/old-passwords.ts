import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { HashingQueue } from './hashing-queue.js';
import { isOwnHash, oldPasswordProblem } from './old-passwords.rules.js';
import { hashPassword } from './passwords.js';

/** Nobody is signing in yet, so no core is left over for anybody. Whoever asks waits for answers. */
const queue = new HashingQueue(availableParallelism(), Number.POSITIVE_INFINITY);

/**
 * The hash for a password that an older program stored as it was typed. Where there is a problem
 * with it, of one that nobody knows.
 */
export function hashOldPassword(stored: string | null): Promise<string> {
  if (stored !== null && isOwnHash(stored)) {
    return Promise.resolve(stored);
  }
  const password =
    stored === null || oldPasswordProblem(stored) !== undefined
      ? randomBytes(32).toString('base64url')
      : stored;
  return queue.run(() => hashPassword(password));
}
