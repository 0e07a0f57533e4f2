import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { User } from '#db';
import { DataSource, IsNull } from 'typeorm';

/** Whose answers may go on. */
@Injectable()
export class PeopleRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** False for who is suspended, or deleted. */
  mayAsk(id: number): Promise<boolean> {
    return this.dataSource.getRepository(User).existsBy({ id, suspendedAt: IsNull() });
  }
}
