import { Module } from '@nestjs/common';
import { GuardrailsModule } from '../guardrails/guardrails.module.js';
import { CommandExpansion } from './command-expansion.js';
import { CommandsController } from './commands.controller.js';
import { CommandsRepository } from './commands.repository.js';
import { CommandsService } from './commands.service.js';

@Module({
  imports: [GuardrailsModule],
  controllers: [CommandsController],
  providers: [CommandExpansion, CommandsRepository, CommandsService],
  exports: [CommandExpansion],
})
export class CommandsModule {}
