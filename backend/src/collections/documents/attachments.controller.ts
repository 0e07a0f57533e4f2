import { Body, Controller, Get, Inject, Param, Post, Query, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { ENV } from '../../config/config.module.js';
import type { Env } from '../../config/env.schema.js';
import { type Caller, CallerLanguage, CurrentCaller } from '../../platform/caller.js';
import type { Language } from '../../platform/language.rules.js';
import type { Page } from '../../platform/page.schema.js';
import { TakesFile, withSentFile } from '../../platform/uploads.js';
import { IdPipe } from '../../platform/validation.js';
import { toDocument } from './document.response.js';
import {
  documentPageSchema,
  documentSchema,
  type DocumentView,
  type ListDocuments,
  listDocumentsSchema,
  type NewPage,
  newPageSchema,
  type NewText,
  newTextSchema,
} from './documents.schema.js';
import { DocumentsService } from './documents.service.js';
import { NewDocumentsService } from './new-documents.service.js';

const conversationId = new IdPipe('CONVERSATION.NOT_FOUND');

/** What is attached to a conversation, and found in it alone. */
@ApiTags('documents')
@ApiBearerAuth()
@Controller('api/conversations/:id/attachments')
export class AttachmentsController {
  constructor(
    @Inject(ENV) private readonly env: Pick<Env, 'MAX_UPLOAD_MB'>,
    private readonly documents: DocumentsService,
    private readonly newDocuments: NewDocumentsService,
  ) {}

  @Get()
  @ApiOkResponse({ standardSchema: documentPageSchema })
  async listAttachments(
    @CurrentCaller() caller: Caller,
    @CallerLanguage() language: Language,
    @Param('id', conversationId) id: number,
    @Query({ schema: listDocumentsSchema }) query: ListDocuments,
  ): Promise<Page<DocumentView>> {
    const { items, nextCursor } = await this.documents.listAttachments(caller, id, query);
    return { items: items.map((state) => toDocument(state, language)), nextCursor };
  }

  @Post()
  @TakesFile()
  @ApiCreatedResponse({ standardSchema: documentSchema })
  async uploadAttachment(
    @CurrentCaller() caller: Caller,
    @CallerLanguage() language: Language,
    @Param('id', conversationId) id: number,
    @Req() request: FastifyRequest,
  ): Promise<DocumentView> {
    const destination = await this.newDocuments.inConversation(caller, id);
    const made = await this.newDocuments.addFile(caller, destination, (work) =>
      withSentFile(request, this.env.MAX_UPLOAD_MB, work),
    );
    return toDocument(await this.documents.get(caller, made), language);
  }

  @Post('pages')
  @ApiCreatedResponse({ standardSchema: documentSchema })
  async addAttachmentPage(
    @CurrentCaller() caller: Caller,
    @CallerLanguage() language: Language,
    @Param('id', conversationId) id: number,
    @Body({ schema: newPageSchema }) body: NewPage,
  ): Promise<DocumentView> {
    const destination = await this.newDocuments.inConversation(caller, id);
    const made = await this.newDocuments.addPage(caller, destination, body);
    return toDocument(await this.documents.get(caller, made), language);
  }

  @Post('texts')
  @ApiCreatedResponse({ standardSchema: documentSchema })
  async addAttachmentText(
    @CurrentCaller() caller: Caller,
    @CallerLanguage() language: Language,
    @Param('id', conversationId) id: number,
    @Body({ schema: newTextSchema }) body: NewText,
  ): Promise<DocumentView> {
    const destination = await this.newDocuments.inConversation(caller, id);
    const made = await this.newDocuments.addText(caller, destination, body);
    return toDocument(await this.documents.get(caller, made), language);
  }
}
