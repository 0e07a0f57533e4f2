import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { type Role, User } from '#db';
import { DataSource } from 'typeorm';

/** Who pays for a call, as limits and the ledger know a person. */
@Injectable()
export class PayersRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** Somebody who is gone meanwhile pays by the number alone. */
  async find(userId: number): Promise<{ username: string; role: Role }> {
    const user = await this.dataSource.getRepository(User).findOneBy({ id: userId });
    return {
      username: user?.username ?? `#${String(userId)}`,
      role: user?.role === 'admin' ? 'admin' : 'member',
    };
  }
}
