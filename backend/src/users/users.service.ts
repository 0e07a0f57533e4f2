import { Injectable } from '@nestjs/common';
import type { User } from '#db';
import { Passwords } from '../auth/passwords/passwords.js';
import { SessionStandings } from '../auth/sessions/session-standings.js';
import { requireUsername } from '../auth/username.rules.js';
import { Announcements } from '../platform/announcements.js';
import type { Caller } from '../platform/caller.js';
import { decodeCursor, encodeCursor } from '../platform/cursor.rules.js';
import { DomainError } from '../platform/domain-error.js';
import { type Page, toPage } from '../platform/page.schema.js';
import { type Outcome, UsersRepository } from './users.repository.js';
import type { ListUsersQuery, NewUserBody, UserChangeBody } from './users.schema.js';

/** The people of this Prosa, as administrators see and change them. */
@Injectable()
export class UsersService {
  constructor(
    private readonly users: UsersRepository,
    private readonly passwords: Passwords,
    private readonly standings: SessionStandings,
    private readonly announcements: Announcements,
  ) {}

  /** @throws {DomainError} REQUEST.INVALID for a cursor that is not ours. */
  async list({ cursor, limit }: ListUsersQuery): Promise<Page<User>> {
    const after = cursor === undefined ? undefined : decodeCursor(cursor, ['']);
    const rows = await this.users.findPage(after, limit);
    return toPage(rows, limit, ({ id, createdAt }) =>
      encodeCursor({ part: '', time: createdAt, id }),
    );
  }

  /** @throws {DomainError} USER.USERNAME_TAKEN, USER.USERNAME_INVALID or USER.PASSWORD_…. */
  async create(body: NewUserBody): Promise<User> {
    const username = requireUsername(body.username);
    await this.passwords.requireGood(body.password, username);
    const user = await this.users.insert({
      username,
      password: await this.passwords.hash(body.password),
      role: body.role,
      displayName: body.displayName ?? null,
      locale: body.locale ?? null,
    });
    if (!user) {
      throw new DomainError('USER.USERNAME_TAKEN');
    }
    return user;
  }

  /** @throws {DomainError} USER.NOT_FOUND, USER.LAST_ADMINISTRATOR or USER.PASSWORD_…. */
  async change(id: number, { password, ...rest }: UserChangeBody): Promise<User> {
    const user = await this.require(id);
    const hash = password === undefined ? undefined : await this.hashFor(user, password);
    requireDone(await this.users.change(id, { ...rest, password: hash }));
    this.standings.forgetPerson(id);
    if (rest.suspended === true) this.bar(id);
    return this.require(id);
  }

  /**
   * Deletes a person. What they shared with others is the caller's from then on.
   * @throws {DomainError} USER.NOT_FOUND or USER.LAST_ADMINISTRATOR.
   */
  async remove(caller: Caller, id: number): Promise<void> {
    requireDone(await this.users.remove(id, caller.id));
    this.standings.forgetPerson(id);
    this.bar(id);
  }

  /** What is being answered for them ends. */
  private bar(id: number): void {
    void this.announcements.tell({ type: 'person-barred', userId: id });
  }

  private async require(id: number): Promise<User> {
    const user = await this.users.find(id);
    if (!user) {
      throw new DomainError('USER.NOT_FOUND');
    }
    return user;
  }

  private async hashFor(user: User, password: string): Promise<string> {
    await this.passwords.requireGood(password, user.username);
    return this.passwords.hash(password);
  }
}

function requireDone(outcome: Outcome): void {
  switch (outcome) {
    case 'done':
      return;
    case 'missing':
      throw new DomainError('USER.NOT_FOUND');
    case 'last-administrator':
      throw new DomainError('USER.LAST_ADMINISTRATOR');
  }
}
