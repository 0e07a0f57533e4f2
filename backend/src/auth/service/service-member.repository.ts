import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { isDuplicate, SERVICE_ROLE, User } from '#db';

/** The second is no username a person can have, for where a person has the first. */
const USERNAMES = ['service', '(service)'] as const;

/** The row of the built-in member. */
@Injectable()
export class ServiceMemberRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  find(): Promise<User | null> {
    return this.dataSource.getRepository(User).findOneBy({ role: SERVICE_ROLE });
  }

  /**
   * Makes the member; of processes that start together one does.
   * @param password a hash that no password has.
   */
  async create(password: string): Promise<User> {
    for (const username of USERNAMES) {
      const user = (await this.find()) ?? (await this.insert(username, password));
      if (user) {
        return user;
      }
    }
    const user = await this.find();
    if (!user) {
      throw new Error(`The usernames ${USERNAMES.join(' and ')} are taken`);
    }
    return user;
  }

  /** @returns undefined when the username is taken. */
  private async insert(username: string, password: string): Promise<User | undefined> {
    const users = this.dataSource.getRepository(User);
    try {
      return await users.save(
        users.create({
          username,
          password,
          role: SERVICE_ROLE,
          createdAt: new Date(),
          displayName: null,
          locale: null,
          mustChangePassword: false,
          suspendedAt: null,
        }),
      );
    } catch (error) {
      if (isDuplicate(error)) {
        return undefined;
      }
      throw error;
    }
  }
}
