import { Injectable } from '@nestjs/common';
import type { Caller } from '../platform/caller.js';
import { DomainError } from '../platform/domain-error.js';
import type { Language } from '../platform/language.rules.js';
import { BUILT_IN, builtInCalled, PREVIOUS_ANSWER } from './built-in-commands.js';
import { CommandsRepository } from './commands.repository.js';
import {
  type Callable,
  commandCall,
  expandCommand,
  expandedLength,
  unescaped,
} from './expand-command.rules.js';

/** Makes of a prompt that calls a command what a model is asked. Every door has it. */
@Injectable()
export class CommandExpansion {
  constructor(private readonly commands: CommandsRepository) {}

  /**
   * @param maximum what may come of it, in UTF-16 units.
   * @returns null where the model is asked just what was typed: an unknown name is no call.
   * @throws {DomainError} COMMAND.PROMPT_TOO_LONG.
   */
  async expand(
    { id }: Pick<Caller, 'id'>,
    prompt: string,
    language: Language,
    maximum: number,
  ): Promise<string | null> {
    const call = commandCall(prompt);
    if (!call) return unescaped(prompt);
    const callable = await this.find(id, call.word, language);
    if (!callable) return null;
    const length = expandedLength(callable, call.rest);
    if (length > maximum) throw new DomainError('COMMAND.PROMPT_TOO_LONG', { length, maximum });
    return expandCommand(callable, call.rest);
  }

  /** Own before the team's before built-in. */
  private async find(
    userId: number,
    word: string,
    language: Language,
  ): Promise<Callable | undefined> {
    const called = builtInCalled(word, language);
    const found = await this.commands.findCandidates(userId, word, called?.key ?? null);
    const saved = found.own ?? found.team;
    if (saved) return { text: saved.text, withoutRest: '' };
    if (!called) return undefined;
    return {
      text: found.builtIn?.text ?? BUILT_IN[called.key][called.language].text,
      withoutRest: PREVIOUS_ANSWER[called.language],
    };
  }
}
