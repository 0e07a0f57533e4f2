import { Inject, Injectable } from '@nestjs/common';
import { ENV } from '../../config/config.module.js';
import type { Env } from '../../config/env.schema.js';
import { dateOf, dayAt, startOfDay } from '../../platform/civil-days.rules.js';
import { decodeCursor, encodeCursor } from '../../platform/cursor.rules.js';
import { type Page, toPage } from '../../platform/page.schema.js';
import { type NamedEvent, RailEventsRepository } from './rail-events.repository.js';
import type { ListRailEventsQuery, RailSummary } from './rail-events.schema.js';

/** What the rails did of late, for administrators: never what was written. */
@Injectable()
export class RailEventsService {
  constructor(
    private readonly events: RailEventsRepository,
    @Inject(ENV) private readonly env: Env,
  ) {}

  /** Newest first. @throws {DomainError} REQUEST.INVALID for a cursor that is not ours. */
  async list({ cursor, limit, ...filter }: ListRailEventsQuery): Promise<Page<NamedEvent>> {
    const after = cursor === undefined ? undefined : decodeCursor(cursor, ['']);
    const rows = await this.events.findPage(filter, after, limit);
    return toPage(rows, limit, ({ event }) =>
      encodeCursor({ part: '', time: event.createdAt, id: Number(event.id) }),
    );
  }

  /** Counts of each of the last days, oldest first; days without events are left out. */
  async summary(days: number, now = new Date()): Promise<RailSummary['items']> {
    const zone = this.env.TIME_ZONE;
    const today = dayAt(zone, now);
    const items: RailSummary['items'] = [];
    for (let day = today - days + 1; day <= today; day += 1) {
      const counts = await this.events.count(startOfDay(zone, day), startOfDay(zone, day + 1));
      items.push(...counts.map((count) => ({ day: dateOf(day), ...count })));
    }
    return items;
  }
}
