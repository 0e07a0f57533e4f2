import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { inTransaction, isDuplicate, isOrphan, Limit, User } from '#db';
import { DataSource, In } from 'typeorm';
import type { LimitRule } from './limit.rules.js';

/** A limit, and the name of the person it is for. */
export interface NamedLimit {
  readonly limit: Limit;
  readonly username: string | undefined;
}

@Injectable()
export class LimitsRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  findAll(): Promise<Limit[]> {
    return this.dataSource.getRepository(Limit).find({ order: { id: 'ASC' } });
  }

  async findNamed(): Promise<NamedLimit[]> {
    const limits = await this.findAll();
    const ids = limits.flatMap(({ userId }) => (userId === null ? [] : [userId]));
    const people = await this.dataSource
      .getRepository(User)
      .find({ where: { id: In(ids) }, select: { id: true, username: true } });
    const names = new Map(people.map(({ id, username }) => [id, username]));
    return limits.map((limit) => ({
      limit,
      username: limit.userId === null ? undefined : names.get(limit.userId),
    }));
  }

  /**
   * Makes a limit, or changes the one of the same subject, measure and period.
   * @returns undefined when the person does not exist.
   */
  async put(rule: LimitRule, userId: number | null): Promise<Limit | undefined> {
    try {
      return await this.change(rule, userId);
    } catch (error) {
      if (isOrphan(error)) return undefined;
      // Somebody else made it at the same moment: now it is there to be changed.
      if (isDuplicate(error)) return this.change(rule, userId);
      throw error;
    }
  }

  /** @returns false when there is none. */
  async remove(id: number): Promise<boolean> {
    const { affected } = await this.dataSource.getRepository(Limit).delete({ id });
    return affected !== 0;
  }

  private change({ amount, ...what }: LimitRule, userId: number | null): Promise<Limit> {
    return inTransaction(this.dataSource, async (manager) => {
      const limit = await manager.findOneBy(Limit, what);
      if (!limit) return manager.save(Limit, { ...what, userId, amount });
      await manager.update(Limit, { id: limit.id }, { amount });
      return { ...limit, amount };
    });
  }
}
