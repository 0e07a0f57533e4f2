import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { isDuplicate, WebAnswer, WebCount } from '#db';
import { DataSource, LessThan, LessThanOrEqual } from 'typeorm';

/** Most answers kept, about 40 kB each at the most; beyond it those that expire first go. */
const MOST_KEPT = 2000;

/** What the web answered a short while ago, and how often each person has asked it today. */
@Injectable()
export class WebAnswersRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** What was kept under a name and has not expired; undefined where nothing is. */
  async find(name: string, now: Date): Promise<string | undefined> {
    const row = await this.answers.findOneBy({ id: idOf(name) });
    return row && row.expiresAt > now ? row.content : undefined;
  }

  /** Keeps an answer, in the place of one before it. */
  async keep(name: string, content: string, expiresAt: Date): Promise<void> {
    await this.answers.upsert({ id: idOf(name), content, expiresAt }, ['id']);
  }

  /**
   * Counts one search of a person.
   * @param day of the calendar.
   * @returns false where the day's are used up already, and counts none.
   */
  async count(userId: number, day: number, most: number): Promise<boolean> {
    if (most === 0) return false;
    if (await this.add(userId, day, most)) return true;
    try {
      await this.counts.insert({ userId, day, searches: 1 });
      return true;
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      // Used up, or begun by another request in this moment.
      return this.add(userId, day, most);
    }
  }

  /** Forgets what has expired or is too much, and the counts of days that are past. */
  async sweep(now: Date, today: number): Promise<void> {
    await this.answers.delete({ expiresAt: LessThanOrEqual(now) });
    const [last] = await this.answers.find({
      select: { id: true, expiresAt: true },
      order: { expiresAt: 'DESC' },
      skip: MOST_KEPT,
      take: 1,
    });
    if (last) await this.answers.delete({ expiresAt: LessThanOrEqual(last.expiresAt) });
    // A day of grace: processes' clocks differ.
    await this.counts.delete({ day: LessThan(today - 1) });
  }

  private async add(userId: number, day: number, most: number): Promise<boolean> {
    const { affected } = await this.counts
      .createQueryBuilder()
      .update()
      .set({ searches: () => 'searches + 1' })
      .where('user_id = :userId AND day = :day AND searches < :most', { userId, day, most })
      .execute();
    return affected === 1;
  }

  private get answers() {
    return this.dataSource.getRepository(WebAnswer);
  }

  private get counts() {
    return this.dataSource.getRepository(WebCount);
  }
}

const idOf = (name: string): string => createHash('sha256').update(name).digest('hex');
