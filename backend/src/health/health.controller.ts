import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Public } from '../platform/caller.js';
import { HealthService } from './health.service.js';
import {
  type Health,
  healthSchema,
  type HealthStatus,
  healthStatusSchema,
} from './health.schema.js';

/** For Kubernetes, load balancers and people: is the process alive, may it be sent work? */
@ApiTags('health')
@Controller('health')
export class HealthController {
  constructor(private readonly service: HealthService) {}

  /** Ready, and with which model. */
  @Public()
  @Get()
  @ApiOkResponse({ standardSchema: healthSchema })
  async health(): Promise<Health> {
    await this.service.requireReady();
    return { status: 'ok', model: await this.service.defaultModel() };
  }

  @Public()
  @Get('live')
  @ApiOkResponse({ standardSchema: healthStatusSchema })
  live(): HealthStatus {
    return { status: 'ok' };
  }

  @Public()
  @Get('ready')
  @ApiOkResponse({ standardSchema: healthStatusSchema })
  async ready(): Promise<HealthStatus> {
    await this.service.requireReady();
    return { status: 'ok' };
  }
}
