import { Module } from '@nestjs/common';
import { CommandExpansion } from './command-expansion.js';
import { CommandsController } from './commands.controller.js';
import { CommandsRepository } from './commands.repository.js';
import { CommandsService } from './commands.service.js';

@Module({
  controllers: [CommandsController],
  providers: [CommandExpansion, CommandsRepository, CommandsService],
  exports: [CommandExpansion],
})
export class CommandsModule {}
