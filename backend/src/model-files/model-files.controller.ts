import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiTags,
} from '@nestjs/swagger';
import { AdminOnly, CallerLanguage } from '../platform/caller.js';
import type { Language } from '../platform/language.rules.js';
import { IdPipe } from '../platform/validation.js';
import { CatalogueViews } from './catalogue-view.js';
import { Downloads } from './downloads.js';
import {
  type ModelCatalogue,
  modelCatalogueSchema,
  type ModelDownloadList,
  modelDownloadListSchema,
  modelDownloadSchema,
  type ModelDownloadView,
  type ModelNameBody,
  modelNameSchema,
} from './model-files.schema.js';
import { toCatalogue, toDownload } from './model-files.view.js';

/** The files of models that run on this machine, for administrators. */
@ApiTags('model-files')
@ApiBearerAuth()
@AdminOnly()
@Controller('api/models')
export class ModelFilesController {
  constructor(
    private readonly catalogue: CatalogueViews,
    private readonly downloads: Downloads,
  ) {}

  @Get('catalogue')
  @ApiOkResponse({ standardSchema: modelCatalogueSchema })
  async listCatalogue(@CallerLanguage() language: Language): Promise<ModelCatalogue> {
    return toCatalogue(await this.catalogue.view(), language);
  }

  @Get('downloads')
  @ApiOkResponse({ standardSchema: modelDownloadListSchema })
  listDownloads(@CallerLanguage() language: Language): ModelDownloadList {
    return { items: this.downloads.list().map((download) => toDownload(download, language)) };
  }

  @Post('downloads')
  @ApiCreatedResponse({ standardSchema: modelDownloadSchema })
  startDownload(
    @Body({ schema: modelNameSchema }) { name }: ModelNameBody,
    @CallerLanguage() language: Language,
  ): ModelDownloadView {
    return toDownload(this.downloads.start(name), language);
  }

  /** Stops it, or forgets it once it has ended. What has arrived stays. */
  @Delete('downloads/:id')
  @HttpCode(204)
  @ApiNoContentResponse()
  async removeDownload(
    @Param('id', new IdPipe('DOWNLOAD.NOT_UNDER_WAY')) id: number,
  ): Promise<void> {
    await this.downloads.remove(id);
  }

  @Post('removals')
  @HttpCode(204)
  @ApiNoContentResponse()
  async removeModel(@Body({ schema: modelNameSchema }) { name }: ModelNameBody): Promise<void> {
    await this.downloads.stopOf(name);
    await this.catalogue.remove(name);
  }
}
