import { Injectable } from '@nestjs/common';
import { Guardrails } from '../guardrails/guardrails.js';
import { Access } from '../platform/access.js';
import type { Caller } from '../platform/caller.js';
import type { Language } from '../platform/language.rules.js';
import type { ContextUse } from './answer-event.js';
import { ModelChoice } from './model-choice.js';
import { Fit } from './steps/fit.js';

/** What somebody might ask next. */
export interface ContextQuestion {
  readonly prompt: string;
  readonly parentId?: number | null | undefined;
  readonly model?: string | undefined;
}

/** Tells how full the context window would be, before anything is sent. */
@Injectable()
export class ContextPreview {
  constructor(
    private readonly access: Access,
    private readonly models: ModelChoice,
    private readonly guardrails: Guardrails,
    private readonly fit: Fit,
  ) {}

  /**
   * @throws {DomainError} CONVERSATION.NOT_FOUND, POST.NOT_FOUND for a parent elsewhere, MODEL.UNKNOWN.
   */
  async preview(
    caller: Caller,
    language: Language,
    conversationId: number,
    question: ContextQuestion,
  ): Promise<ContextUse> {
    const conversation = await this.access.conversation(caller, conversationId);
    const { parentId = conversation.leafPostId } = question;
    if (parentId !== null && parentId !== conversation.leafPostId) {
      await this.access.postIn(caller, conversationId, parentId);
    }
    const model = await this.models.choose(question.model, conversation);
    const { context } = await this.fit.fit(
      {
        conversationId,
        parentId,
        language,
        instructions: conversation.instructions,
        prompt: this.guardrails.input(question.prompt).prompt,
        earlierText: this.guardrails.stored(''),
      },
      model,
      [],
    );
    return context;
  }
}
