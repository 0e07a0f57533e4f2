import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { type Caller, CurrentCaller } from '../../platform/caller.js';
import type { Page } from '../../platform/page.schema.js';
import { IdPipe } from '../../platform/validation.js';
import {
  type FindPeople,
  findPeopleSchema,
  type NamedPerson,
  peoplePageSchema,
  type PutPeople,
  putPeopleSchema,
  type SharedPeople,
  sharedPeopleSchema,
} from '../collections.schema.js';
import { PeopleService } from './people.service.js';

const collectionId = new IdPipe('COLLECTION.NOT_FOUND');

/** With whom collections are shared. */
@ApiTags('collections')
@ApiBearerAuth()
@Controller('api')
export class PeopleController {
  constructor(private readonly people: PeopleService) {}

  @Get('people')
  @ApiOkResponse({ standardSchema: peoplePageSchema })
  findPeople(
    @CurrentCaller() caller: Caller,
    @Query({ schema: findPeopleSchema }) query: FindPeople,
  ): Promise<Page<NamedPerson>> {
    return this.people.find(caller, query);
  }

  @Get('collections/:id/people')
  @ApiOkResponse({ standardSchema: sharedPeopleSchema })
  getCollectionPeople(
    @CurrentCaller() caller: Caller,
    @Param('id', collectionId) id: number,
  ): Promise<SharedPeople> {
    return this.people.sharedWith(caller, id);
  }

  @Put('collections/:id/people')
  @ApiOkResponse({ standardSchema: sharedPeopleSchema })
  putCollectionPeople(
    @CurrentCaller() caller: Caller,
    @Param('id', collectionId) id: number,
    @Body({ schema: putPeopleSchema }) body: PutPeople,
  ): Promise<SharedPeople> {
    return this.people.shareWith(caller, id, body);
  }
}
