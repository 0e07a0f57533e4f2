import { isIPv6 } from 'node:net';
import { AttemptWindow } from './attempt-window.rules.js';

const WINDOW_MS = 15 * 60 * 1000;

/** Failures in 15 minutes. ASVS 5.0, 6.3.1. An address may be that of a whole office. */
const LIMITS = { account: 10, device: 10, address: 50 } as const;

/** Who tries to sign in, as far as it is known before the password is checked. */
export interface SignInAttempt {
  readonly username: string;
  readonly address: string;
  /** A session of this very person that the browser still holds the cookie of. */
  readonly knownDevice?: string;
}

/**
 * Slows guessing down. During an account's pause a correct password is refused too, or the pause
 * would tell nothing but that the guess was wrong. A device its owner has signed in from before
 * counts for itself, so that a stranger's guesses lock nobody out.
 */
export class SignInThrottle {
  private readonly accounts = new AttemptWindow(LIMITS.account, WINDOW_MS);
  private readonly devices = new AttemptWindow(LIMITS.device, WINDOW_MS);
  private readonly addresses = new AttemptWindow(LIMITS.address, WINDOW_MS);

  /** Whole seconds until this attempt may be made; 0 when it may now. */
  secondsToWait(attempt: SignInAttempt, now: number): number {
    return Math.max(...this.counts(attempt).map(([window, key]) => window.secondsToWait(key, now)));
  }

  /** Counts an attempt before its outcome is known: many at once must not slip through. */
  begin(attempt: SignInAttempt, now: number): void {
    for (const [window, key] of this.counts(attempt)) {
      window.record(key, now);
    }
  }

  /** The attempt begun then was right: the person's count starts anew, the address keeps its own. */
  succeed(attempt: SignInAttempt, begunAt: number): void {
    for (const [window, key] of this.counts(attempt)) {
      if (window === this.addresses) {
        window.takeBack(key, begunAt);
      } else {
        window.forget(key);
      }
    }
  }

  private counts(attempt: SignInAttempt): [AttemptWindow, string][] {
    return attempt.knownDevice === undefined
      ? [
          [this.accounts, attempt.username],
          [this.addresses, addressKey(attempt.address)],
        ]
      : [[this.devices, attempt.knownDevice]];
  }
}

/** What an address is counted under: one household has all of an IPv6 /64 (RFC 6177). */
export function addressKey(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined || !isIPv6(address)) {
    return mapped ?? address;
  }
  const [head = '', tail = ''] = address.split('::');
  const left = head.split(':').filter(Boolean);
  const right = tail.split(':').filter(Boolean);
  const zeros = address.includes('::') ? Math.max(0, 8 - left.length - right.length) : 0;
  const groups = [...left, ...Array.from({ length: zeros }, () => '0'), ...right];
  return groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}
