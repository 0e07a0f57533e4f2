import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AdminOnly } from '../../../platform/caller.js';
import { Bench } from './bench.service.js';
import {
  type ListReplaysQuery,
  listReplaysSchema,
  type ReplayPage,
  replayPageSchema,
  toReplay,
} from './replays.schema.js';

/** Which replays of people's prompts there were, for every administrator to see. */
@ApiTags('guardrails')
@ApiBearerAuth()
@AdminOnly()
@Controller('api/guardrails/replays')
export class ReplaysController {
  constructor(private readonly bench: Bench) {}

  @Get()
  @ApiOperation({ summary: 'Who had the prompts of others judged once more; newest first.' })
  @ApiOkResponse({ standardSchema: replayPageSchema })
  async listReplays(
    @Query({ schema: listReplaysSchema }) query: ListReplaysQuery,
  ): Promise<ReplayPage> {
    const page = await this.bench.replays(query);
    return { ...page, items: page.items.map(toReplay) };
  }
}
