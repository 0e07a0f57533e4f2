import { Injectable } from '@nestjs/common';
import type { Command } from '#db';
import { WrittenTexts } from '../guardrails/written-texts.js';
import { Access } from '../platform/access.js';
import type { Caller } from '../platform/caller.js';
import { DomainError } from '../platform/domain-error.js';
import type { Language } from '../platform/language.rules.js';
import { COMMAND_KEYS, type CommandKey } from './built-in-commands.js';
import { toBuiltIn, toCommand } from './command.response.js';
import { CommandsRepository } from './commands.repository.js';
import type {
  ChangeBuiltInBody,
  ChangeCommandBody,
  CommandList,
  CommandView,
  NewCommandBody,
} from './commands.schema.js';
import { isCommandName } from './expand-command.rules.js';

/** What people see behind the slash, and what they change there. */
@Injectable()
export class CommandsService {
  constructor(
    private readonly access: Access,
    private readonly commands: CommandsRepository,
    private readonly written: WrittenTexts,
  ) {}

  async list(caller: Caller, language: Language): Promise<CommandList> {
    const { saved, changes } = await this.commands.findFor(caller.id);
    const builtIn = COMMAND_KEYS.map((key) =>
      toBuiltIn(
        key,
        language,
        changes.find((change) => change.builtIn === key),
      ),
    );
    builtIn.sort((one, other) => (one.name < other.name ? -1 : 1));
    return { items: [...saved.map(toCommand), ...builtIn] };
  }

  /** @throws {DomainError} AUTH.FORBIDDEN, COMMAND.NAME_INVALID, COMMAND.NAME_TAKEN, COMMAND.TOO_MANY, GUARDRAIL.BLOCKED. */
  create(caller: Caller, { scope, ...wish }: NewCommandBody): Promise<Command> {
    if (scope === 'team' && caller.role !== 'admin') {
      throw new DomainError('AUTH.FORBIDDEN');
    }
    requireName(wish.name);
    this.written.require(caller, [wordsOf(wish.text)]);
    return this.commands.create(scope === 'team' ? null : caller.id, wish);
  }

  /** @throws {DomainError} COMMAND.NOT_FOUND, COMMAND.NAME_INVALID, COMMAND.NAME_TAKEN. */
  async change(caller: Caller, id: number, change: ChangeCommandBody): Promise<Command> {
    await this.access.changeableCommand(caller, id);
    if (change.name !== undefined) requireName(change.name);
    this.written.require(caller, [wordsOf(change.text)]);
    await this.commands.change(id, change);
    return this.access.changeableCommand(caller, id);
  }

  /** @throws {DomainError} COMMAND.NOT_FOUND. */
  async remove(caller: Caller, id: number): Promise<void> {
    await this.access.changeableCommand(caller, id);
    await this.commands.remove(id);
  }

  /** @throws {DomainError} COMMAND.NOT_FOUND for a key that is none. */
  async changeBuiltIn(
    key: string,
    { title = '', text }: ChangeBuiltInBody,
    language: Language,
  ): Promise<CommandView> {
    const known = knownKey(key);
    await this.commands.putBuiltIn(known, { title, text });
    return toBuiltIn(known, language, { title, text });
  }

  /** Brings Prosa's own back; where nothing was changed, nothing happens. */
  async restoreBuiltIn(key: string): Promise<void> {
    await this.commands.removeBuiltIn(knownKey(key));
  }
}

function requireName(name: string): void {
  if (!isCommandName(name)) throw new DomainError('COMMAND.NAME_INVALID');
}

function knownKey(key: string): CommandKey {
  const known = COMMAND_KEYS.find((some) => some === key);
  if (!known) throw new DomainError('COMMAND.NOT_FOUND');
  return known;
}

/** A template's own words: what goes into its places is judged once it is there. */
const wordsOf = (text: string | undefined): string | undefined =>
  text?.replace(/\{\{[^{}]*\}\}/g, ' ');
