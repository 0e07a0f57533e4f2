import { Body, Controller, Get, HttpCode, Param, Put, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { type Caller, CallerLanguage, CurrentCaller } from '../platform/caller.js';
import type { Language } from '../platform/language.rules.js';
import type { Page } from '../platform/page.schema.js';
import { IdPipe } from '../platform/validation.js';
import type { BranchPage } from './branch-pages.js';
import { toPost, toPrompt } from './post.response.js';
import {
  feedbackSchema,
  type FeedbackWish,
  freshStartSchema,
  type FreshStartWish,
  type ListBranch,
  listBranchSchema,
  type ListPrompts,
  listPromptsSchema,
  pinSchema,
  type PinWish,
  postPageSchema,
  postSchema,
  type PostView,
  promptPageSchema,
  type PromptView,
  railReportSchema,
  type RailReport,
} from './posts.schema.js';
import { PostsService } from './posts.service.js';

const postId = new IdPipe('POST.NOT_FOUND');

@ApiTags('posts')
@ApiBearerAuth()
@Controller('api')
export class PostsController {
  constructor(private readonly posts: PostsService) {}

  @Get('conversations/:id/posts')
  @ApiOkResponse({ standardSchema: postPageSchema })
  async listPosts(
    @CurrentCaller() caller: Caller,
    @CallerLanguage() language: Language,
    @Param('id', new IdPipe('CONVERSATION.NOT_FOUND')) conversationId: number,
    @Query({ schema: listBranchSchema }) query: ListBranch,
  ): Promise<BranchPage<PostView>> {
    const page = await this.posts.listBranch(caller, conversationId, query);
    return { ...page, items: page.items.map((item) => toPost(item, language)) };
  }

  @Get('posts')
  @ApiOkResponse({ standardSchema: promptPageSchema })
  async listPrompts(
    @CurrentCaller() caller: Caller,
    @Query({ schema: listPromptsSchema }) query: ListPrompts,
  ): Promise<Page<PromptView>> {
    const page = await this.posts.listPrompts(caller, query);
    return { ...page, items: page.items.map(toPrompt) };
  }

  @Get('posts/:id')
  @ApiOkResponse({ standardSchema: postSchema })
  async getPost(
    @CurrentCaller() caller: Caller,
    @CallerLanguage() language: Language,
    @Param('id', postId) id: number,
  ): Promise<PostView> {
    return toPost(await this.posts.get(caller, id), language);
  }

  @Put('posts/:id/feedback')
  @HttpCode(204)
  @ApiNoContentResponse()
  giveFeedback(
    @CurrentCaller() caller: Caller,
    @Param('id', postId) id: number,
    @Body({ schema: feedbackSchema }) { value }: FeedbackWish,
  ): Promise<void> {
    return this.posts.giveFeedback(caller, id, value);
  }

  @Put('posts/:id/guardrail-report')
  @HttpCode(204)
  @ApiNoContentResponse()
  reportRails(
    @CurrentCaller() caller: Caller,
    @Param('id', postId) id: number,
    @Body({ schema: railReportSchema }) { wrong }: RailReport,
  ): Promise<void> {
    return this.posts.reportRails(caller, id, wrong);
  }

  @Put('posts/:id/pin')
  @HttpCode(204)
  @ApiNoContentResponse()
  pinPost(
    @CurrentCaller() caller: Caller,
    @Param('id', postId) id: number,
    @Body({ schema: pinSchema }) { pinned }: PinWish,
  ): Promise<void> {
    return this.posts.pin(caller, id, pinned);
  }

  @Put('posts/:id/fresh-start')
  @HttpCode(204)
  @ApiNoContentResponse()
  startFresh(
    @CurrentCaller() caller: Caller,
    @Param('id', postId) id: number,
    @Body({ schema: freshStartSchema }) { on }: FreshStartWish,
  ): Promise<void> {
    return this.posts.startFresh(caller, id, on);
  }
}
