import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { User } from '#db';
import { DataSource } from 'typeorm';

/** How people want to be answered. */
@Injectable()
export class InstructionsRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  async ofPerson(id: number): Promise<string | null> {
    const person = await this.dataSource
      .getRepository(User)
      .findOne({ select: { id: true, instructions: true }, where: { id } });
    return person?.instructions ?? null;
  }
}
