import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { inTransaction, isDuplicate, LimitCounter, lockCounting } from '#db';
import { DataSource, In } from 'typeorm';
import type { CounterKey } from './counter.rules.js';
import { countEnded, reserveForOpenRuns } from './first-count.repository.js';

/** Counters remembered as begun; past it, all are looked up again. */
const MOST_REMEMBERED = 10_000;

/** What was used, day by day and month by month, of what a limit asks for. */
@Injectable()
export class CountersRepository {
  private readonly begun = new Set<string>();

  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** The counters as they stand, by their ids; those that nobody has begun are begun. */
  async read(keys: readonly CounterKey[]): Promise<Map<string, LimitCounter>> {
    if (keys.length === 0) return new Map();
    await this.begin(keys);
    const rows = await this.dataSource
      .getRepository(LimitCounter)
      .findBy({ id: In(keys.map(({ id }) => id)) });
    return new Map(rows.map((row) => [row.id, row]));
  }

  /** Begins counters that are not there yet with what was used of them so far. */
  async begin(keys: readonly CounterKey[]): Promise<void> {
    const unknown = keys.filter(({ id }) => !this.begun.has(id));
    if (unknown.length === 0) return;
    const there = await this.dataSource
      .getRepository(LimitCounter)
      .find({ where: { id: In(unknown.map(({ id }) => id)) }, select: { id: true } });
    const found = new Set(there.map(({ id }) => id));
    for (const key of unknown) {
      if (!found.has(key.id)) await this.insert(key);
      this.remember(key.id);
    }
  }

  /** Forgets that counters were begun: one of them has gone. */
  forget(keys: readonly CounterKey[]): void {
    for (const { id } of keys) this.begun.delete(id);
  }

  private async insert(key: CounterKey): Promise<void> {
    try {
      await inTransaction(this.dataSource, async (manager) => {
        await lockCounting(manager);
        await manager.insert(LimitCounter, { ...key, used: 0, reserved: 0 });
        const used = await countEnded(manager, key);
        const reserved = await reserveForOpenRuns(manager, key);
        await manager.update(LimitCounter, { id: key.id }, { used, reserved });
      });
    } catch (error) {
      if (!isDuplicate(error)) throw error; // Another process began it at the same moment.
    }
  }

  private remember(id: string): void {
    if (this.begun.size >= MOST_REMEMBERED) this.begun.clear();
    this.begun.add(id);
  }
}
