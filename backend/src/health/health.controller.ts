import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Public } from '../platform/caller.js';
import { HealthService } from './health.service.js';
import { type HealthStatus, healthStatusSchema } from './health.schema.js';

/** For Kubernetes, load balancers and people: is the process alive, may it be sent work? */
@ApiTags('health')
@Controller('health')
export class HealthController {
  constructor(private readonly health: HealthService) {}

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
    await this.health.requireReady();
    return { status: 'ok' };
  }
}
