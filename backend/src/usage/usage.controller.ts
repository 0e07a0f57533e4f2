import { Controller, Get, Query, StreamableFile } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Readable } from 'node:stream';
import { AdminOnly, type Caller, CurrentCaller } from '../platform/caller.js';
import { UsageReports } from './usage-reports.js';
import {
  type OwnUsage,
  type OwnUsageQuery,
  ownUsageQuerySchema,
  ownUsageSchema,
  type UsageQuery,
  usageQuerySchema,
  type UsageReport,
  usageReportSchema,
} from './usage.schema.js';

/** What was asked of models, and what it cost. */
@ApiTags('usage')
@ApiBearerAuth()
@Controller('api/usage')
export class UsageController {
  constructor(private readonly reports: UsageReports) {}

  @Get('mine')
  @ApiOkResponse({ standardSchema: ownUsageSchema })
  readOwnUsage(
    @CurrentCaller() caller: Caller,
    @Query({ schema: ownUsageQuerySchema }) { month }: OwnUsageQuery,
  ): Promise<OwnUsage> {
    return this.reports.ownMonth(caller, month);
  }

  @Get()
  @AdminOnly()
  @ApiOkResponse({ standardSchema: usageReportSchema })
  readUsage(@Query({ schema: usageQuerySchema }) query: UsageQuery): Promise<UsageReport> {
    return this.reports.report(query);
  }

  @Get('csv')
  @AdminOnly()
  @ApiProduces('text/csv')
  @ApiOkResponse({
    description: 'A row a line, as `GET /api/usage` has them.',
    content: { 'text/csv': { schema: { type: 'string' } } },
  })
  async downloadUsage(
    @Query({ schema: usageQuerySchema }) query: UsageQuery,
  ): Promise<StreamableFile> {
    return new StreamableFile(Readable.from(await this.reports.csv(query)), {
      type: 'text/csv; charset=utf-8',
      disposition: `attachment; filename="prosa-usage-${query.from}-${query.to}.csv"`,
    });
  }
}
