import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import {
  And,
  DataSource,
  type DeepPartial,
  type EntityManager,
  Equal,
  In,
  IsNull,
  Not,
} from 'typeorm';
import {
  Conversation,
  countActiveAdministrators,
  inTransaction,
  isDuplicate,
  lockAdministration,
  removeFromIndex,
  type Role,
  ROLES,
  User,
} from '#db';
import { endSessionsOf } from '../auth/sessions/sessions.repository.js';
import { RemovalRepository } from '../collections/trash/removal.repository.js';
import { type Cursor } from '../platform/cursor.rules.js';
import { leavesNobodyInCharge, type Standing } from './administrators.rules.js';

/** A person about to be made. The password is hashed. */
export interface NewUser {
  readonly username: string;
  readonly password: string;
  readonly role: Role;
  readonly displayName: string | null;
  readonly locale: string | null;
}

/** What an administrator may change. The password is hashed. */
export interface UserChange {
  readonly role?: Role | undefined;
  readonly suspended?: boolean | undefined;
  readonly password?: string | undefined;
  readonly displayName?: string | null | undefined;
  readonly locale?: string | undefined;
}

/** How a change or deletion went. */
export type Outcome = 'done' | 'missing' | 'last-administrator';

/** People are those with a role that can be given: not the built-in member. */
const A_PERSON = { role: In([...ROLES]) };

@Injectable()
export class UsersRepository {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly removal: RemovalRepository,
  ) {}

  find(id: number): Promise<User | null> {
    return this.dataSource.getRepository(User).findOneBy({ id, ...A_PERSON });
  }

  /** People in the order they were made, one more than the limit. */
  findPage(after: Cursor | undefined, limit: number): Promise<User[]> {
    const query = this.dataSource
      .getRepository(User)
      .createQueryBuilder('user')
      .where(A_PERSON)
      .orderBy('user.id', 'ASC')
      .take(limit + 1);
    return (after ? query.andWhere('user.id > :id', { id: after.id }) : query).getMany();
  }

  /** @returns undefined when the username is taken. */
  async insert(user: NewUser): Promise<User | undefined> {
    const users = this.dataSource.getRepository(User);
    const row = users.create({
      ...user,
      createdAt: new Date(),
      mustChangePassword: true,
      suspendedAt: null,
    });
    try {
      return await users.save(row);
    } catch (error) {
      if (isDuplicate(error)) {
        return undefined;
      }
      throw error;
    }
  }

  /** Changes a person; a reset or a suspension ends their sessions. */
  change(id: number, change: UserChange): Promise<Outcome> {
    return this.administer(id, async (manager, user) => {
      const after = {
        role: change.role ?? user.role,
        suspended: change.suspended ?? user.suspendedAt !== null,
      };
      if (await leavesNobody(manager, user, after)) {
        return 'last-administrator';
      }
      await manager.save(User, { id, ...columnsOf(change, user) });
      if (change.password !== undefined || change.suspended === true) {
        await endSessionsOf(manager, id);
      }
      return 'done';
    });
  }

  /**
   * Deletes a person with their conversations and what nobody else could read; the ledger stays.
   * @param heirId who has what they shared from then on; for themselves, another administrator has.
   */
  remove(id: number, heirId: number): Promise<Outcome> {
    return this.administer(id, async (manager, user) => {
      if (await leavesNobody(manager, user, undefined)) {
        return 'last-administrator';
      }
      const conversations = await manager.find(Conversation, {
        where: { userId: id },
        select: { id: true },
      });
      await removeFromIndex(
        manager,
        conversations.map((conversation) => conversation.id),
      );
      await this.removal.handOver(manager, id, await heirOf(manager, id, heirId));
      await manager.delete(User, { id });
      return 'done';
    });
  }

  private administer(
    id: number,
    work: (manager: EntityManager, user: User) => Promise<Outcome>,
  ): Promise<Outcome> {
    return inTransaction(this.dataSource, async (manager) => {
      await lockAdministration(manager);
      const user = await manager.findOneBy(User, { id, ...A_PERSON });
      return user ? work(manager, user) : 'missing';
    });
  }
}

/** The one named, or where that is the person themselves, or just went, another administrator. */
async function heirOf(manager: EntityManager, id: number, wished: number): Promise<number> {
  const others = { role: 'admin', suspendedAt: IsNull() } as const;
  const named = await manager.findOneBy(User, { ...others, id: And(Equal(wished), Not(id)) });
  const heir =
    named ??
    (await manager.findOneOrFail(User, {
      where: { ...others, id: Not(id) },
      order: { id: 'ASC' },
    }));
  return heir.id;
}

async function leavesNobody(
  manager: EntityManager,
  user: User,
  after: Standing | undefined,
): Promise<boolean> {
  const before = { role: user.role, suspended: user.suspendedAt !== null };
  return leavesNobodyInCharge(before, after, await countActiveAdministrators(manager));
}

function columnsOf(change: UserChange, user: User): DeepPartial<User> {
  const { role, suspended, password, displayName, locale } = change;
  return {
    ...(role === undefined ? {} : { role }),
    ...(suspended === undefined
      ? {}
      : { suspendedAt: suspended ? (user.suspendedAt ?? new Date()) : null }),
    ...(password === undefined ? {} : { password, mustChangePassword: true }),
    ...(displayName === undefined ? {} : { displayName }),
    ...(locale === undefined ? {} : { locale }),
  };
}
