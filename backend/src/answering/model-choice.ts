import { Injectable } from '@nestjs/common';
import type { Conversation } from '#db';
import type { ChatModel } from '../llm/chat-model.js';
import { ModelRegistry } from '../llm/registry.js';

/** Decides which model answers. */
@Injectable()
export class ModelChoice {
  constructor(private readonly models: ModelRegistry) {}

  /**
   * The model wished for; else the conversation's, where it is still known; else the default.
   * @throws {DomainError} MODEL.UNKNOWN for a wish that cannot be met.
   */
  async choose(
    wish: string | undefined,
    { model }: Pick<Conversation, 'model'>,
  ): Promise<ChatModel> {
    if (wish !== undefined || model === null) {
      return this.models.resolve(wish);
    }
    return this.models.resolve(model).catch(() => this.models.resolve());
  }
}
