import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiTags,
} from '@nestjs/swagger';
import { type Caller, CurrentCaller } from '../platform/caller.js';
import type { Page } from '../platform/page.schema.js';
import { IdPipe } from '../platform/validation.js';
import { toCollection } from './collection.response.js';
import {
  type ChangeCollection,
  changeCollectionSchema,
  collectionPageSchema,
  collectionSchema,
  type CollectionView,
  type ListCollections,
  listCollectionsSchema,
  type NewCollection,
  newCollectionSchema,
  storageSchema,
  type StorageView,
} from './collections.schema.js';
import { CollectionsService } from './collections.service.js';
import { Storage } from './uploads/storage.js';

const collectionId = new IdPipe('COLLECTION.NOT_FOUND');

/** Documents that answers may stand on, put together. */
@ApiTags('collections')
@ApiBearerAuth()
@Controller('api/collections')
export class CollectionsController {
  constructor(
    private readonly collections: CollectionsService,
    private readonly storage: Storage,
  ) {}

  @Get()
  @ApiOkResponse({ standardSchema: collectionPageSchema })
  async listCollections(
    @CurrentCaller() caller: Caller,
    @Query({ schema: listCollectionsSchema }) query: ListCollections,
  ): Promise<Page<CollectionView>> {
    const { items, nextCursor } = await this.collections.list(caller, query);
    return { items: items.map(toCollection), nextCursor };
  }

  @Post()
  @ApiCreatedResponse({ standardSchema: collectionSchema })
  async createCollection(
    @CurrentCaller() caller: Caller,
    @Body({ schema: newCollectionSchema }) body: NewCollection,
  ): Promise<CollectionView> {
    return toCollection(await this.collections.create(caller, body));
  }

  @Get('storage')
  @ApiOkResponse({ standardSchema: storageSchema })
  getKnowledgeStorage(@CurrentCaller() caller: Caller): Promise<StorageView> {
    return this.storage.of(caller);
  }

  @Get(':id')
  @ApiOkResponse({ standardSchema: collectionSchema })
  async getCollection(
    @CurrentCaller() caller: Caller,
    @Param('id', collectionId) id: number,
  ): Promise<CollectionView> {
    return toCollection(await this.collections.get(caller, id));
  }

  @Patch(':id')
  @ApiOkResponse({ standardSchema: collectionSchema })
  async changeCollection(
    @CurrentCaller() caller: Caller,
    @Param('id', collectionId) id: number,
    @Body({ schema: changeCollectionSchema }) body: ChangeCollection,
  ): Promise<CollectionView> {
    return toCollection(await this.collections.change(caller, id, body));
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiNoContentResponse()
  deleteCollection(
    @CurrentCaller() caller: Caller,
    @Param('id', collectionId) id: number,
  ): Promise<void> {
    return this.collections.moveToTrash(caller, id);
  }

  @Post(':id/restore')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: collectionSchema })
  async restoreCollection(
    @CurrentCaller() caller: Caller,
    @Param('id', collectionId) id: number,
  ): Promise<CollectionView> {
    return toCollection(await this.collections.restore(caller, id));
  }

  @Delete(':id/permanently')
  @HttpCode(204)
  @ApiNoContentResponse()
  deleteCollectionPermanently(
    @CurrentCaller() caller: Caller,
    @Param('id', collectionId) id: number,
  ): Promise<void> {
    return this.collections.deleteForGood(caller, id);
  }
}
