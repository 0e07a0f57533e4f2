import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { inTransaction, User } from '#db';
import { endSessionsOf } from './sessions/sessions.repository.js';

/** What signing in needs to know of a person. */
export interface Credentials {
  readonly id: number;
  /** The hash. */
  readonly password: string;
  readonly suspended: boolean;
}

/** What people may change about themselves. */
export interface Profile {
  readonly displayName?: string | null | undefined;
  readonly locale?: string | undefined;
  readonly instructions?: string | null | undefined;
}

/** A person's own account. */
@Injectable()
export class AccountsRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  find(id: number): Promise<User | null> {
    return this.users.findOneBy({ id });
  }

  async findCredentials(where: { username: string } | { id: number }): Promise<Credentials | null> {
    const user = await this.users.findOne({
      where,
      select: { id: true, password: true, suspendedAt: true },
    });
    return user && { id: user.id, password: user.password, suspended: user.suspendedAt !== null };
  }

  async updateProfile(id: number, { displayName, locale, instructions }: Profile): Promise<void> {
    const change = {
      ...(displayName === undefined ? {} : { displayName }),
      ...(locale === undefined ? {} : { locale }),
      ...(instructions === undefined
        ? {}
        : { instructions: instructions === '' ? null : instructions }),
    };
    if (Object.keys(change).length > 0) {
      await inTransaction(this.dataSource, (manager) => manager.update(User, { id }, change));
    }
  }

  /** Puts another hash of the same password in the old one's place. */
  async replaceHash(id: number, old: string, fresh: string): Promise<void> {
    await this.users.update({ id, password: old }, { password: fresh });
  }

  /**
   * Changes the password and ends the person's other sessions.
   * @returns false when the old one was changed in the meantime.
   */
  changePassword(id: number, old: string, fresh: string, keptSession: string): Promise<boolean> {
    return inTransaction(this.dataSource, async (manager) => {
      const { affected } = await manager.update(
        User,
        { id, password: old },
        { password: fresh, mustChangePassword: false },
      );
      if (affected !== 1) {
        return false;
      }
      await endSessionsOf(manager, id, keptSession);
      return true;
    });
  }

  private get users() {
    return this.dataSource.getRepository(User);
  }
}
