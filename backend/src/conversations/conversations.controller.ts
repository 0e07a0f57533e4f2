import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiTags,
} from '@nestjs/swagger';
import { type Caller, CurrentCaller } from '../platform/caller.js';
import { IdPipe } from '../platform/validation.js';
import type { Page } from '../platform/page.schema.js';
import { ConversationViews } from './conversation-views.js';
import { ConversationSearch } from './conversation-search.service.js';
import { ConversationsService } from './conversations.service.js';
import {
  type ChangeConversation,
  changeConversationSchema,
  type ConversationListItem,
  conversationPageSchema,
  conversationSchema,
  type ConversationView,
  type CreateConversation,
  createConversationSchema,
  type FindPage,
  findPageSchema,
  findSchema,
  type FindWish,
  type ListConversations,
  listConversationsSchema,
} from './conversations.schema.js';
import { FindInConversation } from './find-in-conversation.js';

const conversationId = new IdPipe('CONVERSATION.NOT_FOUND');

@ApiTags('conversations')
@ApiBearerAuth()
@Controller('api/conversations')
export class ConversationsController {
  constructor(
    private readonly conversations: ConversationsService,
    private readonly search: ConversationSearch,
    private readonly finder: FindInConversation,
    private readonly views: ConversationViews,
  ) {}

  @Get()
  @ApiOkResponse({ standardSchema: conversationPageSchema })
  listConversations(
    @CurrentCaller() caller: Caller,
    @Query({ schema: listConversationsSchema }) query: ListConversations,
  ): Promise<Page<ConversationListItem>> {
    return query.q === undefined
      ? this.conversations.list(caller, query)
      : this.search.find(caller, query.q, query);
  }

  @Post()
  @ApiCreatedResponse({ standardSchema: conversationSchema })
  async createConversation(
    @CurrentCaller() caller: Caller,
    @Body({ schema: createConversationSchema }) body: CreateConversation,
  ): Promise<ConversationView> {
    return this.views.one(await this.conversations.create(caller, body));
  }

  @Delete('trash')
  @HttpCode(204)
  @ApiNoContentResponse()
  emptyTrash(@CurrentCaller() caller: Caller): Promise<void> {
    return this.conversations.emptyTrash(caller);
  }

  @Get(':id')
  @ApiOkResponse({ standardSchema: conversationSchema })
  async getConversation(
    @CurrentCaller() caller: Caller,
    @Param('id', conversationId) id: number,
  ): Promise<ConversationView> {
    return this.views.one(await this.conversations.get(caller, id));
  }

  @Get(':id/find')
  @ApiOkResponse({ standardSchema: findPageSchema })
  findInConversation(
    @CurrentCaller() caller: Caller,
    @Param('id', conversationId) id: number,
    @Query({ schema: findSchema }) query: FindWish,
  ): Promise<FindPage> {
    return this.finder.find(caller, id, query);
  }

  @Patch(':id')
  @ApiOkResponse({ standardSchema: conversationSchema })
  async changeConversation(
    @CurrentCaller() caller: Caller,
    @Param('id', conversationId) id: number,
    @Body({ schema: changeConversationSchema }) body: ChangeConversation,
  ): Promise<ConversationView> {
    return this.views.one(await this.conversations.change(caller, id, body));
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiNoContentResponse()
  deleteConversation(
    @CurrentCaller() caller: Caller,
    @Param('id', conversationId) id: number,
  ): Promise<void> {
    return this.conversations.moveToTrash(caller, id);
  }

  @Post(':id/restore')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: conversationSchema })
  async restoreConversation(
    @CurrentCaller() caller: Caller,
    @Param('id', conversationId) id: number,
  ): Promise<ConversationView> {
    return this.views.one(await this.conversations.restore(caller, id));
  }

  @Delete(':id/permanently')
  @HttpCode(204)
  @ApiNoContentResponse()
  deleteConversationPermanently(
    @CurrentCaller() caller: Caller,
    @Param('id', conversationId) id: number,
  ): Promise<void> {
    return this.conversations.deleteForGood(caller, id);
  }
}
