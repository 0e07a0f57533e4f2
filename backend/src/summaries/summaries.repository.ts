import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { Summary } from '#db';
import { DataSource } from 'typeorm';

@Injectable()
export class SummariesRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** A summary that has been made, of a conversation of that person's. */
  findOwned(ownerId: number, id: number): Promise<Summary | null> {
    return this.dataSource
      .getRepository(Summary)
      .createQueryBuilder('s')
      .innerJoin('s.conversation', 'c')
      .where('s.id = :id AND s.owner IS NULL AND c.userId = :ownerId', { id, ownerId })
      .getOne();
  }

  async setUndone(id: number, undoneAt: Date | null): Promise<void> {
    await this.dataSource.getRepository(Summary).update({ id }, { undoneAt });
  }
}
