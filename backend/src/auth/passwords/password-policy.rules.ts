import { DomainError } from '../../platform/domain-error.js';

/**
 * Of new passwords, in characters (code points): ASVS 5.0, 6.2.1 and 6.2.9. `typed` is the most, in
 * UTF-16 units, that is looked at at all.
 */
export const PASSWORD_LENGTH = { minimum: 8, maximum: 256, typed: 1024 } as const;

/**
 * The form in which a password is hashed and checked. The same accented letter is typed as one
 * character on one system and as two on another (NIST SP 800-63B, 3.1.1.2).
 */
export function normalPassword(typed: string): string {
  return typed.normalize('NFKC');
}

/**
 * Length and commonness only: rules on which characters to use make passwords worse.
 * @param common lower-cased.
 * @throws {DomainError} USER.PASSWORD_TOO_SHORT, _TOO_LONG or _TOO_COMMON.
 */
export function requireGoodPassword(
  password: string,
  username: string,
  common: ReadonlySet<string>,
): void {
  const normal = normalPassword(password);
  const length = Array.from(normal).length;
  if (length < PASSWORD_LENGTH.minimum) {
    throw new DomainError('USER.PASSWORD_TOO_SHORT', { minimum: PASSWORD_LENGTH.minimum });
  }
  if (length > PASSWORD_LENGTH.maximum) {
    throw new DomainError('USER.PASSWORD_TOO_LONG', { maximum: PASSWORD_LENGTH.maximum });
  }
  const lower = normal.toLowerCase();
  if (lower === username || common.has(lower)) {
    throw new DomainError('USER.PASSWORD_TOO_COMMON');
  }
}
