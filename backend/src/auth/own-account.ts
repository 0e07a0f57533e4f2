import { Injectable } from '@nestjs/common';
import type { User } from '#db';
import { WrittenTexts } from '../guardrails/written-texts.js';
import type { Caller, SignedInCaller } from '../platform/caller.js';
import { DomainError } from '../platform/domain-error.js';
import { AccountsRepository, type Profile } from './accounts.repository.js';
import { Passwords } from './passwords/passwords.js';
import { SessionStandings } from './sessions/session-standings.js';
import { SignIn } from './sign-in/sign-in.js';

/** What a person changes about their own account. */
export interface OwnChange extends Profile {
  readonly currentPassword?: string | undefined;
  readonly newPassword?: string | undefined;
}

/** A person's own name, language, instructions and password. */
@Injectable()
export class OwnAccount {
  constructor(
    private readonly accounts: AccountsRepository,
    private readonly passwords: Passwords,
    private readonly signIn: SignIn,
    private readonly standings: SessionStandings,
    private readonly written: WrittenTexts,
  ) {}

  /** @throws {DomainError} AUTH.SESSION_ENDED when the person was deleted. */
  async read(userId: number): Promise<User> {
    const user = await this.accounts.find(userId);
    if (!user) {
      throw new DomainError('AUTH.SESSION_ENDED');
    }
    return user;
  }

  /**
   * A new password ends the person's other sessions.
   * @throws {DomainError} AUTH.PERSON_REQUIRED for a program, AUTH.WRONG_PASSWORD, AUTH.TOO_MANY_ATTEMPTS,
   * USER.PASSWORD_… or GUARDRAIL.BLOCKED for instructions that a rail blocks.
   */
  async change(caller: Caller, change: OwnChange): Promise<User> {
    const { currentPassword, newPassword } = change;
    if (!hasSignedIn(caller)) {
      throw new DomainError('AUTH.PERSON_REQUIRED');
    }
    this.written.require(caller, [change.instructions]);
    if (currentPassword !== undefined && newPassword !== undefined) {
      await this.changePassword(caller, currentPassword, newPassword);
    }
    await this.accounts.updateProfile(caller.id, change);
    return this.read(caller.id);
  }

  private async changePassword(
    caller: SignedInCaller,
    current: string,
    fresh: string,
  ): Promise<void> {
    const credentials = await this.accounts.findCredentials({ id: caller.id });
    const right =
      credentials !== null &&
      (await this.signIn.confirms(caller.sessionId, credentials.password, current));
    if (!right) {
      throw new DomainError('AUTH.WRONG_PASSWORD');
    }
    if (current === fresh) {
      throw new DomainError('USER.PASSWORD_UNCHANGED');
    }
    await this.passwords.requireGood(fresh, caller.username);
    const hash = await this.passwords.hash(fresh);
    const { id, sessionId } = caller;
    if (!(await this.accounts.changePassword(id, credentials.password, hash, sessionId))) {
      throw new DomainError('AUTH.WRONG_PASSWORD');
    }
    this.standings.forgetPerson(id);
  }
}

const hasSignedIn = (caller: Caller): caller is SignedInCaller => caller.sessionId !== null;
