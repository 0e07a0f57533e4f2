import { PASSWORD_LENGTH } from './password-policy.rules.js';

/**
 * Hashes of Prosa's own kind: the password behind one signs in. One that costs more than 98 MiB or
 * 9 passes is not: whoever tries to sign in as that person makes the server pay for it.
 */
const OWN_HASH =
  /^\$argon2id\$v=19\$m=\d{1,5},t=\d,p=\d\$[A-Za-z0-9+/]{11,86}\$[A-Za-z0-9+/]{16,86}$/;

/**
 * What crypt, Werkzeug, Django and plain MD5 and SHA make of passwords. Taken for a password, such
 * a text would let in whoever once read the table, and nobody else.
 */
const FOREIGN_HASH =
  /^(\$[a-z0-9-]{1,16}\$.+|(pbkdf2|scrypt|bcrypt|argon2|sha\d*|md5)[:_$].+\$.+|([0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{56}|[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128}))$/i;

/** Whether a stored password is a hash already and can stay as it is. */
export const isOwnHash = (stored: string): boolean => OWN_HASH.test(stored);

/** Why nobody can sign in with a stored password; undefined when they can, however short it is. */
export function oldPasswordProblem(stored: string | null): string | undefined {
  if (stored === null || stored === '') {
    return 'had no password';
  }
  if (isOwnHash(stored)) {
    return undefined;
  }
  if (FOREIGN_HASH.test(stored)) {
    return 'the password was a hash of another program';
  }
  return stored.length > PASSWORD_LENGTH.typed
    ? 'the password is longer than any that can be typed'
    : undefined;
}
