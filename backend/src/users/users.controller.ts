import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiTags,
} from '@nestjs/swagger';
import { type Person, personSchema, toPerson } from '../auth/person.schema.js';
import { AdminOnly, type Caller, CurrentCaller } from '../platform/caller.js';
import { IdPipe } from '../platform/validation.js';
import {
  type ListUsersQuery,
  listUsersSchema,
  type NewUserBody,
  newUserSchema,
  type UserChangeBody,
  userChangeSchema,
  type UserPage,
  userPageSchema,
} from './users.schema.js';
import { UsersService } from './users.service.js';

const UserId = () => Param('id', new IdPipe('USER.NOT_FOUND'));

/** People, for administrators. */
@ApiTags('users')
@ApiBearerAuth()
@AdminOnly()
@Controller('api/users')
export class UsersController {
  constructor(private readonly users: UsersService) {}

  @Get()
  @ApiOkResponse({ standardSchema: userPageSchema })
  async listUsers(@Query({ schema: listUsersSchema }) query: ListUsersQuery): Promise<UserPage> {
    const { items, nextCursor } = await this.users.list(query);
    return { items: items.map(toPerson), nextCursor };
  }

  @Post()
  @ApiCreatedResponse({ standardSchema: personSchema })
  async createUser(@Body({ schema: newUserSchema }) body: NewUserBody): Promise<Person> {
    return toPerson(await this.users.create(body));
  }

  @Patch(':id')
  @ApiOkResponse({ standardSchema: personSchema })
  async changeUser(
    @UserId() id: number,
    @Body({ schema: userChangeSchema }) body: UserChangeBody,
  ): Promise<Person> {
    return toPerson(await this.users.change(id, body));
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiNoContentResponse()
  async deleteUser(@CurrentCaller() caller: Caller, @UserId() id: number): Promise<void> {
    await this.users.remove(caller, id);
  }
}
