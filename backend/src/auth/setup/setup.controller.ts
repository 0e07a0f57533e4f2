import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../platform/caller.js';
import { type SessionAnswer, sessionSchema } from '../auth.schema.js';
import { SameSiteRoute } from '../cookie-route.js';
import { SessionAnswers } from '../session-answers.js';
import { isFromThisMachine } from './setup-access.rules.js';
import { type SetupBody, setupSchema, type SetupState, setupStateSchema } from './setup.schema.js';
import { Setup } from './setup.js';

/** The first run: whether somebody must still become the administrator, and becoming it. */
@ApiTags('setup')
@Controller('api/setup')
export class SetupController {
  constructor(
    private readonly setup: Setup,
    private readonly answers: SessionAnswers,
  ) {}

  @Public()
  @Get()
  @ApiOkResponse({ standardSchema: setupStateSchema })
  async readSetup(@Req() request: FastifyRequest): Promise<SetupState> {
    const needed = await this.setup.isNeeded();
    return { needed, codeRequired: needed && !fromThisMachine(request) };
  }

  @Public()
  @SameSiteRoute()
  @Post()
  @ApiCreatedResponse({ standardSchema: sessionSchema })
  async setUp(
    @Body({ schema: setupSchema }) body: SetupBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionAnswer> {
    const session = await this.setup.makeAdministrator(body, {
      address: request.ip,
      fromThisMachine: fromThisMachine(request),
      userAgent: request.headers['user-agent'],
    });
    return this.answers.give(session, reply);
  }
}

function fromThisMachine({ socket, headers }: FastifyRequest): boolean {
  return isFromThisMachine({
    socketAddress: socket.remoteAddress,
    host: headers.host,
    headers,
  });
}
