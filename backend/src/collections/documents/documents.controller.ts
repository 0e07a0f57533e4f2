import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Param,
  Patch,
  Post,
  Put,
  Req,
} from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBearerAuth,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { ENV } from '../../config/config.module.js';
import type { Env } from '../../config/env.schema.js';
import { type Caller, CallerLanguage, CurrentCaller } from '../../platform/caller.js';
import type { Language } from '../../platform/language.rules.js';
import { TakesFile, withSentFile } from '../../platform/uploads.js';
import { IdPipe } from '../../platform/validation.js';
import { toDocument } from './document.response.js';
import {
  type ChangeDocument,
  changeDocumentSchema,
  documentSchema,
  type DocumentView,
} from './documents.schema.js';
import { DocumentsService } from './documents.service.js';
import { NewDocumentsService } from './new-documents.service.js';

const documentId = new IdPipe('DOCUMENT.NOT_FOUND');

/** One document: what it is called, where it is, and its newest version. */
@ApiTags('documents')
@ApiBearerAuth()
@Controller('api/documents')
export class DocumentsController {
  constructor(
    @Inject(ENV) private readonly env: Pick<Env, 'MAX_UPLOAD_MB'>,
    private readonly documents: DocumentsService,
    private readonly newDocuments: NewDocumentsService,
  ) {}

  @Get(':id')
  @ApiOkResponse({ standardSchema: documentSchema })
  async getDocument(
    @CurrentCaller() caller: Caller,
    @CallerLanguage() language: Language,
    @Param('id', documentId) id: number,
  ): Promise<DocumentView> {
    return toDocument(await this.documents.get(caller, id), language);
  }

  @Patch(':id')
  @ApiOkResponse({ standardSchema: documentSchema })
  async changeDocument(
    @CurrentCaller() caller: Caller,
    @CallerLanguage() language: Language,
    @Param('id', documentId) id: number,
    @Body({ schema: changeDocumentSchema }) body: ChangeDocument,
  ): Promise<DocumentView> {
    return toDocument(await this.documents.change(caller, id, body), language);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiNoContentResponse()
  deleteDocument(
    @CurrentCaller() caller: Caller,
    @Param('id', documentId) id: number,
  ): Promise<void> {
    return this.documents.moveToTrash(caller, id);
  }

  @Post(':id/restore')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: documentSchema })
  async restoreDocument(
    @CurrentCaller() caller: Caller,
    @CallerLanguage() language: Language,
    @Param('id', documentId) id: number,
  ): Promise<DocumentView> {
    return toDocument(await this.documents.restore(caller, id), language);
  }

  @Delete(':id/permanently')
  @HttpCode(204)
  @ApiNoContentResponse()
  deleteDocumentPermanently(
    @CurrentCaller() caller: Caller,
    @Param('id', documentId) id: number,
  ): Promise<void> {
    return this.documents.deleteForGood(caller, id);
  }

  @Put(':id/content')
  @HttpCode(202)
  @TakesFile()
  @ApiAcceptedResponse({ standardSchema: documentSchema })
  async replaceDocumentContent(
    @CurrentCaller() caller: Caller,
    @CallerLanguage() language: Language,
    @Param('id', documentId) id: number,
    @Req() request: FastifyRequest,
  ): Promise<DocumentView> {
    await this.newDocuments.replace(caller, id, (work) =>
      withSentFile(request, this.env.MAX_UPLOAD_MB, work),
    );
    return toDocument(await this.documents.get(caller, id), language);
  }

  @Post(':id/retry')
  @HttpCode(202)
  @ApiAcceptedResponse({ standardSchema: documentSchema })
  async retryDocument(
    @CurrentCaller() caller: Caller,
    @CallerLanguage() language: Language,
    @Param('id', documentId) id: number,
  ): Promise<DocumentView> {
    await this.newDocuments.retry(caller, id);
    return toDocument(await this.documents.get(caller, id), language);
  }

  @Post(':id/refresh')
  @HttpCode(202)
  @ApiAcceptedResponse({ standardSchema: documentSchema })
  async refreshDocument(
    @CurrentCaller() caller: Caller,
    @CallerLanguage() language: Language,
    @Param('id', documentId) id: number,
  ): Promise<DocumentView> {
    await this.newDocuments.refresh(caller, id);
    return toDocument(await this.documents.get(caller, id), language);
  }
}
