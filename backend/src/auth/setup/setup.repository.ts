import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { countActiveAdministrators, inTransaction, lockAdministration, User } from '#db';

/** The first administrator, with the password hashed. */
export interface FirstAdministrator {
  readonly username: string;
  readonly password: string;
  readonly displayName: string | null;
  readonly locale: string | null;
}

@Injectable()
export class SetupRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  async hasAdministrator(): Promise<boolean> {
    return (await countActiveAdministrators(this.dataSource.manager)) > 0;
  }

  /**
   * Makes the first administrator, one caller at a time.
   * @returns the id; undefined when there is an active administrator already.
   * @throws {Error} the driver's duplicate error when the username is taken.
   */
  create(person: FirstAdministrator): Promise<number | undefined> {
    return inTransaction(this.dataSource, async (manager) => {
      await lockAdministration(manager);
      if ((await countActiveAdministrators(manager)) > 0) {
        return undefined;
      }
      const user = manager.create(User, {
        ...person,
        role: 'admin',
        createdAt: new Date(),
        mustChangePassword: false,
        suspendedAt: null,
      });
      return (await manager.save(user)).id;
    });
  }
}
