import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Put } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import { AdminOnly, type Caller, CallerLanguage, CurrentCaller } from '../platform/caller.js';
import type { Language } from '../platform/language.rules.js';
import { IdPipe } from '../platform/validation.js';
import { COMMAND_KEYS } from './built-in-commands.js';
import { toCommand } from './command.response.js';
import {
  type ChangeBuiltInBody,
  changeBuiltInSchema,
  type ChangeCommandBody,
  changeCommandSchema,
  type CommandList,
  commandListSchema,
  commandSchema,
  type CommandView,
  type NewCommandBody,
  newCommandSchema,
} from './commands.schema.js';
import { CommandsService } from './commands.service.js';

const commandId = new IdPipe('COMMAND.NOT_FOUND');
const KEY = { name: 'key', enum: COMMAND_KEYS };

/** What stands behind the slash. */
@ApiTags('commands')
@ApiBearerAuth()
@Controller('api/commands')
export class CommandsController {
  constructor(private readonly commands: CommandsService) {}

  @Get()
  @ApiOkResponse({ standardSchema: commandListSchema })
  listCommands(
    @CurrentCaller() caller: Caller,
    @CallerLanguage() language: Language,
  ): Promise<CommandList> {
    return this.commands.list(caller, language);
  }

  @Post()
  @ApiCreatedResponse({ standardSchema: commandSchema })
  async createCommand(
    @CurrentCaller() caller: Caller,
    @Body({ schema: newCommandSchema }) body: NewCommandBody,
  ): Promise<CommandView> {
    return toCommand(await this.commands.create(caller, body));
  }

  @Patch(':id')
  @ApiOkResponse({ standardSchema: commandSchema })
  async changeCommand(
    @CurrentCaller() caller: Caller,
    @Param('id', commandId) id: number,
    @Body({ schema: changeCommandSchema }) body: ChangeCommandBody,
  ): Promise<CommandView> {
    return toCommand(await this.commands.change(caller, id, body));
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiNoContentResponse()
  deleteCommand(
    @CurrentCaller() caller: Caller,
    @Param('id', commandId) id: number,
  ): Promise<void> {
    return this.commands.remove(caller, id);
  }

  @Put('built-in/:key')
  @AdminOnly()
  @ApiParam(KEY)
  @ApiOkResponse({ standardSchema: commandSchema })
  changeBuiltInCommand(
    @Param('key') key: string,
    @CallerLanguage() language: Language,
    @Body({ schema: changeBuiltInSchema }) body: ChangeBuiltInBody,
  ): Promise<CommandView> {
    return this.commands.changeBuiltIn(key, body, language);
  }

  @Delete('built-in/:key')
  @AdminOnly()
  @HttpCode(204)
  @ApiParam(KEY)
  @ApiNoContentResponse()
  restoreBuiltInCommand(@Param('key') key: string): Promise<void> {
    return this.commands.restoreBuiltIn(key);
  }
}
