import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { AdminOnly } from '../../platform/caller.js';
import type { NamedEvent } from './rail-events.repository.js';
import {
  type ListRailEventsQuery,
  listRailEventsSchema,
  type RailEventPage,
  railEventPageSchema,
  type RailEventView,
  type RailSummary,
  type RailSummaryQuery,
  railSummaryQuerySchema,
  railSummarySchema,
} from './rail-events.schema.js';
import { RailEventsService } from './rail-events.service.js';

/** What the rails found, for administrators: when, where and by which rule, never what. */
@ApiTags('guardrails')
@ApiBearerAuth()
@AdminOnly()
@Controller('api/guardrails/events')
export class RailEventsController {
  constructor(private readonly events: RailEventsService) {}

  @Get()
  @ApiOkResponse({ standardSchema: railEventPageSchema })
  async listGuardrailEvents(
    @Query({ schema: listRailEventsSchema }) query: ListRailEventsQuery,
  ): Promise<RailEventPage> {
    const { items, nextCursor } = await this.events.list(query);
    return { items: items.map(toRailEvent), nextCursor };
  }

  @Get('summary')
  @ApiOkResponse({ standardSchema: railSummarySchema })
  async summarizeGuardrailEvents(
    @Query({ schema: railSummaryQuerySchema }) { days }: RailSummaryQuery,
  ): Promise<RailSummary> {
    return { items: await this.events.summary(days) };
  }
}

const toRailEvent = ({ event, username }: NamedEvent): RailEventView => ({
  id: Number(event.id),
  createdAt: event.createdAt.toISOString(),
  policyId: event.policyId,
  stage: event.stage,
  rail: event.rail,
  rule: event.rule,
  action: event.action,
  outcome: event.outcome,
  hits: event.hits,
  username,
  door: event.door,
  reportedAt: event.reportedAt?.toISOString() ?? null,
});
