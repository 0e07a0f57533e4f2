import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { hash, parseOptions, verify } from '@node-rs/argon2';
import { commonPasswords } from './common-passwords.js';
import { HashingQueue } from './hashing-queue.js';
import { normalPassword, requireGoodPassword } from './password-policy.rules.js';

/** argon2id; OWASP's password storage cheat sheet: 19 MiB, 2 passes, 1 lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** The hash of a password in its normal form. Takes a core for about 20 ms: queue it. */
export function hashPassword(password: string): Promise<string> {
  return hash(normalPassword(password), COST);
}

/** About five seconds of waiting on one core. */
const LONGEST_QUEUE = 256;

/** Hashes and checks passwords, never more at a time than leave a core to everybody else. */
@Injectable()
export class Passwords implements OnModuleInit {
  private readonly queue = new HashingQueue(Math.max(1, availableParallelism() - 1), LONGEST_QUEUE);
  private standIn = '';

  async onModuleInit(): Promise<void> {
    this.standIn = await this.hash(randomBytes(32).toString('base64url'));
  }

  /** @throws {RetryLaterError} REQUEST.RATE_LIMITED when the server is too busy. */
  hash(password: string): Promise<string> {
    return this.queue.run(() => hashPassword(password));
  }

  /**
   * Whether the password is the one that was hashed. Without a hash it is compared with one that
   * nobody knows, so that an unknown person takes as long as a wrong password.
   * @param onTurn called when the comparison is about to begin; what it throws refuses it.
   * @throws {RetryLaterError} REQUEST.RATE_LIMITED when the server is too busy.
   */
  matches(stored: string | undefined, password: string, onTurn?: () => void): Promise<boolean> {
    return this.queue.run(async () => {
      onTurn?.();
      const same = await verify(stored ?? this.standIn, normalPassword(password));
      return same && stored !== undefined;
    });
  }

  /** Whether the hash was made at a lower cost than today's. */
  isOutdated(stored: string): boolean {
    const { memoryCost, timeCost } = parseOptions(stored);
    return memoryCost < COST.memoryCost || timeCost < COST.timeCost;
  }

  /** @throws {DomainError} USER.PASSWORD_TOO_SHORT, _TOO_LONG or _TOO_COMMON. */
  async requireGood(password: string, username: string): Promise<void> {
    requireGoodPassword(password, username, await commonPasswords());
  }
}
