import { Injectable } from '@nestjs/common';
import type { Caller } from '../platform/caller.js';
import type { Language } from '../platform/language.rules.js';
import { BUILT_IN, builtInCalled, PREVIOUS_ANSWER } from './built-in-commands.js';
import { CommandsRepository } from './commands.repository.js';
import { type Callable, commandCall, expandCommand, unescaped } from './expand-command.rules.js';

/** Makes of a prompt that calls a command what a model is asked. Every door has it. */
@Injectable()
export class CommandExpansion {
  constructor(private readonly commands: CommandsRepository) {}

  /** @returns null where the model is asked just what was typed: an unknown name is no call. */
  async expand(
    { id }: Pick<Caller, 'id'>,
    prompt: string,
    language: Language,
  ): Promise<string | null> {
    const call = commandCall(prompt);
    if (!call) return unescaped(prompt);
    const callable = await this.find(id, call.word, language);
    return callable ? expandCommand(callable, call.rest) : null;
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
