import { Controller, Get, Param, Query, StreamableFile } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Readable } from 'node:stream';
import { type Caller, CallerLanguage, CurrentCaller } from '../../platform/caller.js';
import type { Language } from '../../platform/language.rules.js';
import type { Page } from '../../platform/page.schema.js';
import { IdPipe } from '../../platform/validation.js';
import { savedAs, toCitedPost } from './contents.response.js';
import {
  citedPostPageSchema,
  type CitedPostView,
  type ListCitations,
  listCitationsSchema,
  type OfVersion,
  ofVersionSchema,
  type PassageInPlace,
  passageInPlaceSchema,
  passagePageSchema,
  type PassageView,
  type ReadText,
  readTextSchema,
} from './contents.schema.js';
import { ContentsService } from './contents.service.js';
import { toVersion } from './document.response.js';
import { type VersionList, versionListSchema } from './documents.schema.js';

const documentId = new IdPipe('DOCUMENT.NOT_FOUND');
const passageNumber = new IdPipe('PASSAGE.NOT_FOUND');

/** No browser opens it as a page of ours, whatever is in it. */
const BYTES = 'application/octet-stream';

/** What is in a document. */
@ApiTags('documents')
@ApiBearerAuth()
@Controller('api/documents/:id')
export class ContentsController {
  constructor(private readonly contents: ContentsService) {}

  @Get('versions')
  @ApiOkResponse({ standardSchema: versionListSchema })
  async listDocumentVersions(
    @CurrentCaller() caller: Caller,
    @CallerLanguage() language: Language,
    @Param('id', documentId) id: number,
  ): Promise<VersionList> {
    const { versions, foundId } = await this.contents.versions(caller, id);
    return { items: versions.map((version) => toVersion(version, foundId, language)) };
  }

  @Get('text')
  @ApiOkResponse({ standardSchema: passagePageSchema })
  readDocumentText(
    @CurrentCaller() caller: Caller,
    @Param('id', documentId) id: number,
    @Query({ schema: readTextSchema }) query: ReadText,
  ): Promise<Page<PassageView>> {
    return this.contents.text(caller, id, query);
  }

  @Get('passages/:n')
  @ApiOkResponse({ standardSchema: passageInPlaceSchema })
  readPassage(
    @CurrentCaller() caller: Caller,
    @Param('id', documentId) id: number,
    @Param('n', passageNumber) n: number,
    @Query({ schema: ofVersionSchema }) { version }: OfVersion,
  ): Promise<PassageInPlace> {
    return this.contents.passage(caller, id, n, version);
  }

  @Get('file')
  @ApiProduces(BYTES)
  @ApiOkResponse({
    description: 'The file as it was sent, to be saved.',
    content: { [BYTES]: { schema: { type: 'string', format: 'binary' } } },
  })
  async downloadDocument(
    @CurrentCaller() caller: Caller,
    @Param('id', documentId) id: number,
    @Query({ schema: ofVersionSchema }) { version }: OfVersion,
  ): Promise<StreamableFile> {
    const { fileName, bytes, parts } = await this.contents.original(caller, id, version);
    return new StreamableFile(Readable.from(parts), {
      type: BYTES,
      length: bytes,
      disposition: savedAs(fileName),
    });
  }

  @Get('citations')
  @ApiOkResponse({ standardSchema: citedPostPageSchema })
  async listDocumentCitations(
    @CurrentCaller() caller: Caller,
    @Param('id', documentId) id: number,
    @Query({ schema: listCitationsSchema }) query: ListCitations,
  ): Promise<Page<CitedPostView>> {
    const { items, nextCursor } = await this.contents.citedBy(caller, id, query);
    return { items: items.map(toCitedPost), nextCursor };
  }
}
