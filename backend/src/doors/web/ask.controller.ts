import { Body, Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiHeader,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Answering, type Asker } from '../../answering/answering.service.js';
import { ContextPreview } from '../../answering/context-preview.js';
import { KEY_PATTERN, requireKey } from '../../platform/idempotency.rules.js';
import { type Caller, CallerLanguage, CurrentCaller } from '../../platform/caller.js';
import type { Language } from '../../platform/language.rules.js';
import { IdPipe } from '../../platform/validation.js';
import { postSchema } from '../../posts/posts.schema.js';
import { AnswerReplies } from './answer-replies.js';
import {
  type AskAnewBody,
  askAnewSchema,
  type AskBody,
  askSchema,
  type ContextQuestionBody,
  contextQuestionSchema,
  contextUseSchema,
  type ContextUseView,
  type ContinueBody,
  continueSchema,
  newContextQuestionSchema,
  type NewContextQuestionBody,
  type RegenerateBody,
  regenerateSchema,
} from './ask.schema.js';
import { toContextUse } from './context-use.response.js';
import { positionOf } from './sse-frame.rules.js';

const postId = new IdPipe('POST.NOT_FOUND');
const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  required: false,
  description: 'The same key joins the same run; kept for 24 hours.',
  schema: { type: 'string' as const, pattern: KEY_PATTERN },
};
const LAST_EVENT_ID = {
  name: 'Last-Event-ID',
  required: false,
  description: '`<sequence>.<characters so far>`: what comes after it is sent.',
};

const STREAM = {
  description: 'Server-sent events, where `Accept` names `text/event-stream`.',
  content: { 'text/event-stream': { schema: { type: 'string' as const } } },
};

/** The web's way into the engine: ask, follow, stop, ask again, go on. */
@ApiTags('answers')
@ApiBearerAuth()
@Controller('api')
export class AskController {
  constructor(
    private readonly answering: Answering,
    private readonly replies: AnswerReplies,
    private readonly context: ContextPreview,
  ) {}

  @Post('conversations/:id/posts')
  @ApiHeader(IDEMPOTENCY_KEY)
  @ApiOkResponse(STREAM)
  @ApiCreatedResponse({ standardSchema: postSchema })
  @ApiAcceptedResponse({ standardSchema: postSchema })
  async ask(
    @CurrentCaller() caller: Caller,
    @CallerLanguage() language: Language,
    @Param('id', new IdPipe('CONVERSATION.NOT_FOUND')) conversationId: number,
    @Body({ schema: askSchema }) body: AskBody,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const asker = askerOf(request, caller, language);
    const accepted = await this.answering.ask(asker, conversationId, body);
    await this.replies.send(request, reply, caller, accepted);
  }

  @Post('posts')
  @ApiOperation({ summary: 'Asks in a new conversation, which is made only if this is accepted.' })
  @ApiHeader(IDEMPOTENCY_KEY)
  @ApiOkResponse(STREAM)
  @ApiCreatedResponse({ standardSchema: postSchema })
  @ApiAcceptedResponse({ standardSchema: postSchema })
  async askAnew(
    @CurrentCaller() caller: Caller,
    @CallerLanguage() language: Language,
    @Body({ schema: askAnewSchema }) body: AskAnewBody,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const asker = askerOf(request, caller, language);
    const accepted = await this.answering.askAnew(asker, body);
    await this.replies.send(request, reply, caller, accepted);
  }

  @Post('conversations/:id/context')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: contextUseSchema })
  async previewContext(
    @CurrentCaller() caller: Caller,
    @CallerLanguage() language: Language,
    @Param('id', new IdPipe('CONVERSATION.NOT_FOUND')) conversationId: number,
    @Body({ schema: contextQuestionSchema }) body: ContextQuestionBody,
  ): Promise<ContextUseView> {
    return toContextUse(await this.context.preview(caller, language, conversationId, body));
  }

  @Post('context')
  @HttpCode(200)
  @ApiOperation({ summary: 'The same for a question that begins a conversation.' })
  @ApiOkResponse({ standardSchema: contextUseSchema })
  async previewNewContext(
    @CurrentCaller() caller: Caller,
    @CallerLanguage() language: Language,
    @Body({ schema: newContextQuestionSchema }) body: NewContextQuestionBody,
  ): Promise<ContextUseView> {
    return toContextUse(await this.context.previewNew(caller, language, body));
  }

  @Get('posts/:id/events')
  @ApiHeader(LAST_EVENT_ID)
  @ApiOkResponse({ ...STREAM, description: 'Server-sent events.' })
  followAnswer(
    @CurrentCaller() caller: Caller,
    @Param('id', postId) id: number,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const after = positionOf(request.headers['last-event-id']);
    return this.replies.stream(request, reply, caller, id, after);
  }

  @Post('posts/:id/stop')
  @HttpCode(204)
  @ApiNoContentResponse()
  stopAnswer(@CurrentCaller() caller: Caller, @Param('id', postId) id: number): Promise<void> {
    return this.answering.stop(caller, id);
  }

  @Post('posts/:id/regenerate')
  @ApiHeader(IDEMPOTENCY_KEY)
  @ApiOkResponse(STREAM)
  @ApiCreatedResponse({ standardSchema: postSchema })
  @ApiAcceptedResponse({ standardSchema: postSchema })
  async regenerateAnswer(
    @CurrentCaller() caller: Caller,
    @CallerLanguage() language: Language,
    @Param('id', postId) id: number,
    @Body({ schema: regenerateSchema }) { model }: RegenerateBody,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const asker = askerOf(request, caller, language);
    const accepted = await this.answering.regenerate(asker, id, model);
    await this.replies.send(request, reply, caller, accepted);
  }

  @Post('posts/:id/continue')
  @ApiHeader(IDEMPOTENCY_KEY)
  @ApiOkResponse(STREAM)
  @ApiCreatedResponse({ standardSchema: postSchema })
  @ApiAcceptedResponse({ standardSchema: postSchema })
  async continueAnswer(
    @CurrentCaller() caller: Caller,
    @CallerLanguage() language: Language,
    @Param('id', postId) id: number,
    @Body({ schema: continueSchema }) _body: ContinueBody,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const asker = askerOf(request, caller, language);
    const accepted = await this.answering.continue(asker, id);
    await this.replies.send(request, reply, caller, accepted);
  }
}

const askerOf = ({ headers }: FastifyRequest, caller: Caller, language: Language): Asker => ({
  caller,
  language,
  door: 'web',
  idempotencyKey: requireKey(headers['idempotency-key']),
});
