import { Body, Controller, HttpCode, Post, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { KEY_PATTERN, requireKey } from '../../platform/idempotency.rules.js';
import { SameSiteRoute } from '../../auth/cookie-route.js';
import {
  type Caller,
  CallerLanguage,
  CurrentCaller,
  OpenWithOpenChat,
} from '../../platform/caller.js';
import type { Language } from '../../platform/language.rules.js';
import {
  type ChatAnswer,
  chatAnswerSchema,
  type ChatQuestion,
  chatQuestionSchema,
} from './chat.schema.js';
import { OpenDoor } from './open-door.js';
import { SimpleChat } from './simple-chat.js';

/** A question in, an answer out: for scripts, and for clients of older chats. */
@ApiTags('simple')
@ApiBearerAuth()
@Controller('chat')
export class ChatController {
  constructor(
    private readonly chat: SimpleChat,
    private readonly door: OpenDoor,
  ) {}

  @OpenWithOpenChat()
  @SameSiteRoute()
  @Post()
  @HttpCode(200)
  @ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description: 'The same key joins the same run; kept for 24 hours.',
    schema: { type: 'string', pattern: KEY_PATTERN },
  })
  @ApiOkResponse({ standardSchema: chatAnswerSchema })
  chatQuestion(
    @CurrentCaller() caller: Caller,
    @CallerLanguage() language: Language,
    @Body({ schema: chatQuestionSchema }) { question }: ChatQuestion,
    @Req() request: FastifyRequest,
  ): Promise<ChatAnswer> {
    const idempotencyKey = requireKey(request.headers['idempotency-key']);
    const asker = { caller, language, door: 'simple', idempotencyKey };
    return this.chat.ask(this.door.admit(request, asker), question);
  }
}
