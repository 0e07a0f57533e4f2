import { Injectable } from '@nestjs/common';
import type { Conversation } from '#db';
import { CommandExpansion } from '../../commands/command-expansion.js';
import type { ChatModel } from '../../llm/chat-model.js';
import type { Caller } from '../../platform/caller.js';
import type { Language } from '../../platform/language.rules.js';
import { DomainError } from '../../platform/domain-error.js';
import { type Wishes, wishesFrom } from '../../posts/wishes.rules.js';
import { ReadableRepository } from '../routing/readable.repository.js';
import { InstructionsRepository } from '../instructions.repository.js';
import { ModelChoice } from '../model-choice.js';
import { LONGEST_PROMPT, requireExpanded, requirePrompt } from '../prompt.rules.js';
import type { Wording } from './to-guard.js';
import type { Instructions } from '../system-prompt.js';

/** Before anything is judged: what is asked, in which words, of which model and under whose instructions. */
@Injectable()
export class Prepare {
  constructor(
    private readonly models: ModelChoice,
    private readonly commands: CommandExpansion,
    private readonly instructions: InstructionsRepository,
    private readonly readable: ReadableRepository,
  ) {}

  /**
   * What somebody typed, and what a command makes of it.
   * @throws {DomainError} POST.PROMPT_EMPTY, POST.PROMPT_TOO_LONG, COMMAND.PROMPT_TOO_LONG,
   * REQUEST.INVALID.
   */
  async wording(caller: Caller, prompt: string, language: Language): Promise<Wording> {
    requirePrompt(prompt);
    const asked = await this.commands.expand(caller, prompt, language, LONGEST_PROMPT);
    if (asked !== null) requireExpanded(asked);
    return { prompt, asked };
  }

  /**
   * What a model would be asked for a prompt that is still being written.
   * @throws {DomainError} COMMAND.PROMPT_TOO_LONG.
   */
  async beingWritten(caller: Caller, prompt: string, language: Language): Promise<string> {
    return (await this.commands.expand(caller, prompt, language, LONGEST_PROMPT)) ?? prompt;
  }

  /**
   * Where an answer is to look.
   * @throws {DomainError} COLLECTION.NOT_FOUND unless the caller may read every collection named.
   */
  async wishes(
    { id }: Pick<Caller, 'id'>,
    wish: Parameters<typeof wishesFrom>[0],
  ): Promise<Wishes> {
    const wishes = wishesFrom(wish);
    const ids = [...new Set(wishes.collectionIds)];
    if (ids.length > 0 && (await this.readable.countReadable(id, ids)) < ids.length) {
      throw new DomainError('COLLECTION.NOT_FOUND');
    }
    return wishes;
  }

  /**
   * @param wished the model that is asked for; undefined for the conversation's.
   * @throws {DomainError} MODEL.UNKNOWN.
   */
  async answerer(
    { id }: Pick<Caller, 'id'>,
    conversation: Pick<Conversation, 'instructions' | 'model'>,
    wished: string | undefined,
  ): Promise<{ readonly model: ChatModel; readonly instructions: Instructions }> {
    return {
      model: await this.models.choose(wished, conversation),
      instructions: {
        person: await this.instructions.ofPerson(id),
        conversation: conversation.instructions,
      },
    };
  }
}
