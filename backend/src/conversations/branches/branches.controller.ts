import { Controller, Headers, Param, Post } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiHeader,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { type Caller, CurrentCaller } from '../../platform/caller.js';
import { KEY_PATTERN, requireKey } from '../../platform/idempotency.rules.js';
import { IdPipe } from '../../platform/validation.js';
import { ConversationViews } from '../conversation-views.js';
import { conversationSchema, type ConversationView } from '../conversations.schema.js';
import { Branches } from './branches.service.js';

@ApiTags('conversations')
@ApiBearerAuth()
@Controller('api/posts')
export class BranchesController {
  constructor(
    private readonly branches: Branches,
    private readonly views: ConversationViews,
  ) {}

  @Post(':id/branch')
  @ApiOperation({ summary: 'Makes a conversation of a branch, from its beginning to this post.' })
  @ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description: 'The same key gives the same conversation; kept for 24 hours.',
    schema: { type: 'string' as const, pattern: KEY_PATTERN },
  })
  @ApiCreatedResponse({ standardSchema: conversationSchema })
  async branchConversation(
    @CurrentCaller() caller: Caller,
    @Param('id', new IdPipe('POST.NOT_FOUND')) id: number,
    @Headers('idempotency-key') key: string | undefined,
  ): Promise<ConversationView> {
    return this.views.one(await this.branches.branch(caller, id, requireKey(key)));
  }
}
