import { Body, Controller, HttpCode, Post, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { type Caller, CallerLanguage, CurrentCaller } from '../../platform/caller.js';
import { KEY_PATTERN, requireKey } from '../../platform/idempotency.rules.js';
import type { Language } from '../../platform/language.rules.js';
import {
  type SourcedAnswer,
  sourcedAnswerSchema,
  type SourcedQuestion,
  sourcedQuestionSchema,
} from './chat.schema.js';
import { SimpleChat } from './simple-chat.js';

/** A question to the team's documents in, an answer with its sources out. */
@ApiTags('simple')
@ApiBearerAuth()
@Controller('ask')
export class QuestionController {
  constructor(private readonly chat: SimpleChat) {}

  @Post('question')
  @HttpCode(200)
  @ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description: 'The same key joins the same run; kept for 24 hours.',
    schema: { type: 'string', pattern: KEY_PATTERN },
  })
  @ApiOkResponse({ standardSchema: sourcedAnswerSchema })
  askDocuments(
    @CurrentCaller() caller: Caller,
    @CallerLanguage() language: Language,
    @Body({ schema: sourcedQuestionSchema }) question: SourcedQuestion,
    @Req() request: FastifyRequest,
  ): Promise<SourcedAnswer> {
    const idempotencyKey = requireKey(request.headers['idempotency-key']);
    return this.chat.askDocuments({ caller, language, door: 'simple', idempotencyKey }, question);
  }
}
