import { Body, Controller, Delete, Get, HttpCode, Param, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { AdminOnly, type Caller, CurrentCaller } from '../platform/caller.js';
import { IdPipe } from '../platform/validation.js';
import {
  type LimitList,
  limitListSchema,
  limitSchema,
  type LimitView,
  type NewLimitBody,
  newLimitSchema,
  type OwnLimits,
  ownLimitsSchema,
} from './limits.schema.js';
import { LimitsService } from './limits.service.js';

/** How much people may use: set by administrators, seen by everybody for themselves. */
@ApiTags('limits')
@ApiBearerAuth()
@Controller('api/limits')
export class LimitsController {
  constructor(private readonly limits: LimitsService) {}

  @Get()
  @AdminOnly()
  @ApiOkResponse({ standardSchema: limitListSchema })
  listLimits(): Promise<LimitList> {
    return this.limits.list();
  }

  @Get('mine')
  @ApiOkResponse({ standardSchema: ownLimitsSchema })
  listOwnLimits(@CurrentCaller() caller: Caller): Promise<OwnLimits> {
    return this.limits.mine(caller);
  }

  @Put()
  @AdminOnly()
  @ApiOkResponse({ standardSchema: limitSchema })
  putLimit(@Body({ schema: newLimitSchema }) body: NewLimitBody): Promise<LimitView> {
    return this.limits.put(body);
  }

  @Delete(':id')
  @AdminOnly()
  @HttpCode(204)
  @ApiNoContentResponse()
  async deleteLimit(@Param('id', new IdPipe('LIMIT.NOT_FOUND')) id: number): Promise<void> {
    await this.limits.remove(id);
  }
}
