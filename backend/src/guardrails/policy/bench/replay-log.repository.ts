import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { GuardrailReplay } from '#db';
import { DataSource, LessThan } from 'typeorm';

/** A replay, as it is noted. */
export type NewReplay = Omit<GuardrailReplay, 'id' | 'createdAt'>;

/** Who had people's prompts judged once more. */
@Injectable()
export class ReplayLogRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** Notes a replay, before anything is told of it. */
  async note(replay: NewReplay): Promise<void> {
    await this.dataSource
      .getRepository(GuardrailReplay)
      .insert({ ...replay, createdAt: new Date() });
  }

  /** Newest first, one more than the limit. */
  findPage(beforeId: number | undefined, limit: number): Promise<GuardrailReplay[]> {
    return this.dataSource.getRepository(GuardrailReplay).find({
      where: beforeId === undefined ? {} : { id: LessThan(beforeId) },
      order: { id: 'DESC' },
      take: limit + 1,
    });
  }
}
