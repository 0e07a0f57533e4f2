import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { GuardrailEvent, type RailAction, User } from '#db';
import { DataSource, In } from 'typeorm';
import type { Cursor } from '../../platform/cursor.rules.js';
import type { ListRailEventsQuery } from './rail-events.schema.js';

/** What is asked for of all events. */
export type EventFilter = Pick<ListRailEventsQuery, 'rail' | 'stage' | 'action' | 'reported'>;

/** An event, and whose it is; null once the person was deleted. */
export interface NamedEvent {
  readonly event: GuardrailEvent;
  readonly username: string | null;
}

/** How often a rail did something. */
export interface EventCount {
  readonly rail: string;
  readonly action: RailAction;
  readonly events: number;
  readonly reported: number;
}

/** What the rails found, for administrators. */
@Injectable()
export class RailEventsRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** Newest first, one more than the limit. */
  async findPage(
    filter: EventFilter,
    after: Cursor | undefined,
    limit: number,
  ): Promise<NamedEvent[]> {
    const query = this.dataSource.getRepository(GuardrailEvent).createQueryBuilder('event');
    for (const field of ['rail', 'stage', 'action'] as const) {
      if (filter[field] !== undefined) {
        query.andWhere(`event.${field} = :${field}`, { [field]: filter[field] });
      }
    }
    if (filter.reported !== undefined) {
      query.andWhere(`event.reportedAt IS ${filter.reported ? 'NOT NULL' : 'NULL'}`);
    }
    if (after) {
      query.andWhere('(event.createdAt < :time OR (event.createdAt = :time AND event.id < :id))', {
        time: after.time,
        id: after.id,
      });
    }
    const events = await query
      .orderBy('event.createdAt', 'DESC')
      .addOrderBy('event.id', 'DESC')
      .limit(limit + 1)
      .getMany();
    const names = await this.namesOf([...new Set(events.map(({ userId }) => userId))]);
    return events.map((event) => ({ event, username: names.get(event.userId) ?? null }));
  }

  /** Counts from a moment until before another, by rail and action. */
  async count(from: Date, until: Date): Promise<EventCount[]> {
    const rows = await this.dataSource
      .getRepository(GuardrailEvent)
      .createQueryBuilder('event')
      .select('event.rail', 'rail')
      .addSelect('event.action', 'action')
      .addSelect('COUNT(*)', 'events')
      .addSelect('COUNT(event.reportedAt)', 'reported')
      .where('event.createdAt >= :from AND event.createdAt < :until', { from, until })
      .groupBy('event.rail')
      .addGroupBy('event.action')
      .orderBy('event.rail')
      .addOrderBy('event.action')
      .getRawMany<{ rail: string; action: RailAction; events: unknown; reported: unknown }>();
    return rows.map(({ rail, action, events, reported }) => ({
      ...{ rail, action, events: Number(events), reported: Number(reported) },
    }));
  }

  private async namesOf(ids: readonly number[]): Promise<Map<number, string>> {
    if (ids.length === 0) return new Map();
    const people = await this.dataSource
      .getRepository(User)
      .find({ where: { id: In([...ids]) }, select: { id: true, username: true } });
    return new Map(people.map(({ id, username }) => [id, username]));
  }
}
