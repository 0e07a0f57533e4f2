import { Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { type Caller, CurrentCaller } from '../platform/caller.js';
import { IdPipe } from '../platform/validation.js';
import { summarySchema, type SummaryView } from './summaries.schema.js';
import { SummariesService } from './summaries.service.js';
import { toSummary } from './summary.response.js';

const summaryId = new IdPipe('SUMMARY.NOT_FOUND');

@ApiTags('summaries')
@ApiBearerAuth()
@Controller('api/summaries')
export class SummariesController {
  constructor(private readonly summaries: SummariesService) {}

  @Get(':id')
  @ApiOkResponse({ standardSchema: summarySchema })
  async getSummary(
    @CurrentCaller() caller: Caller,
    @Param('id', summaryId) id: number,
  ): Promise<SummaryView> {
    return toSummary(await this.summaries.get(caller, id));
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Takes it back: it is sent no more, and no other is made after it.' })
  @ApiNoContentResponse()
  undoSummary(@CurrentCaller() caller: Caller, @Param('id', summaryId) id: number): Promise<void> {
    return this.summaries.undo(caller, id);
  }

  @Post(':id/restore')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: summarySchema })
  async restoreSummary(
    @CurrentCaller() caller: Caller,
    @Param('id', summaryId) id: number,
  ): Promise<SummaryView> {
    return toSummary(await this.summaries.restore(caller, id));
  }
}
