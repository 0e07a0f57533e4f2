import { Injectable } from '@nestjs/common';
import { DomainError, RetryLaterError } from '../../platform/domain-error.js';
import { AccountsRepository, type Credentials } from '../accounts.repository.js';
import { Passwords } from '../passwords/passwords.js';
import { type IssuedSession, Sessions } from '../sessions/sessions.js';
import { isUsername, normalUsername } from '../username.rules.js';
import { type SignInAttempt, SignInThrottle } from './sign-in-throttle.rules.js';

/** Where a sign-in comes from. */
export interface SignInSource {
  readonly address: string;
  readonly userAgent: string | undefined;
  /** The refresh cookie the browser still holds, if any. */
  readonly refreshToken: string | undefined;
}

/** Checks passwords at the door. Whoever is refused learns nothing of whether the person exists. */
@Injectable()
export class SignIn {
  private readonly throttle = new SignInThrottle();

  constructor(
    private readonly accounts: AccountsRepository,
    private readonly passwords: Passwords,
    private readonly sessions: Sessions,
  ) {}

  /** @throws {DomainError} AUTH.INVALID_CREDENTIALS, AUTH.TOO_MANY_ATTEMPTS or REQUEST.RATE_LIMITED. */
  async signIn(typedName: string, password: string, source: SignInSource): Promise<IssuedSession> {
    const username = normalUsername(typedName);
    const holder = await this.sessions.holderOf(source.refreshToken);
    const person = await this.accounts.findCredentials({
      username: isUsername(username) ? username : '',
    });
    const attempt = {
      username,
      address: source.address,
      ...(holder && holder.userId === person?.id ? { knownDevice: holder.sessionId } : {}),
    };
    const welcome = await this.check(attempt, person, password);
    if (!welcome || !person) {
      throw new DomainError('AUTH.INVALID_CREDENTIALS');
    }
    const session = await this.sessions.begin(person.id, person.password, source.userAgent);
    await this.keepUpToDate(person, password);
    return session;
  }

  /**
   * Whether the password of a signed-in person is right; guessing is slowed down as at the door.
   * @throws {DomainError} AUTH.TOO_MANY_ATTEMPTS or REQUEST.RATE_LIMITED.
   */
  confirms(sessionId: string, stored: string, password: string): Promise<boolean> {
    const attempt = { username: '', address: '', knownDevice: sessionId };
    return this.check(attempt, { password: stored, suspended: false }, password);
  }

  private async check(
    attempt: SignInAttempt,
    person: Pick<Credentials, 'password' | 'suspended'> | null,
    password: string,
  ): Promise<boolean> {
    this.requireTurn(attempt, Date.now());
    let begunAt = 0;
    const matches = await this.passwords.matches(person?.password, password, () => {
      // Asked again and counted where few can be at once: a thousand guesses sent together
      // would all have been let into the queue.
      begunAt = Date.now();
      this.requireTurn(attempt, begunAt);
      this.throttle.begin(attempt, begunAt);
    });
    const welcome = matches && person?.suspended === false;
    if (welcome) {
      this.throttle.succeed(attempt, begunAt);
    }
    return welcome;
  }

  private requireTurn(attempt: SignInAttempt, now: number): void {
    const seconds = this.throttle.secondsToWait(attempt, now);
    if (seconds > 0) {
      throw new RetryLaterError('AUTH.TOO_MANY_ATTEMPTS', seconds);
    }
  }

  /** Hashes the password anew when the cost was raised since: only now is it at hand. */
  private async keepUpToDate(person: Credentials, password: string): Promise<void> {
    if (this.passwords.isOutdated(person.password)) {
      const fresh = await this.passwords.hash(password);
      await this.accounts.replaceHash(person.id, person.password, fresh);
    }
  }
}
