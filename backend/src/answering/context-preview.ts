import { Injectable } from '@nestjs/common';
import { Guardrails } from '../guardrails/guardrails.js';
import type { ChatModel } from '../llm/chat-model.js';
import { Access } from '../platform/access.js';
import type { Caller } from '../platform/caller.js';
import type { Language } from '../platform/language.rules.js';
import type { ContextUse } from './answer-event.js';
import { ModelChoice } from './model-choice.js';
import { routeOf } from './route.rules.js';
import { Fit, type FitRequest } from './steps/fit.js';
import { Gather } from './steps/gather.js';

/** What somebody might ask next. */
export interface ContextQuestion {
  readonly prompt: string;
  readonly parentId?: number | null | undefined;
  readonly model?: string | undefined;
  readonly knowledge?: boolean | undefined;
}

/** Tells how full the context window would be, before anything is sent. */
@Injectable()
export class ContextPreview {
  constructor(
    private readonly access: Access,
    private readonly models: ModelChoice,
    private readonly guardrails: Guardrails,
    private readonly gather: Gather,
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
    return this.use(question, model, {
      conversationId,
      parentId,
      language,
      instructions: conversation.instructions,
    });
  }

  /**
   * The same for a question that begins a conversation.
   * @throws {DomainError} MODEL.UNKNOWN.
   */
  async previewNew(
    _caller: Caller,
    language: Language,
    question: Omit<ContextQuestion, 'parentId'>,
  ): Promise<ContextUse> {
    const model = await this.models.choose(question.model, { model: null });
    return this.use(question, model, {
      conversationId: null,
      parentId: null,
      language,
      instructions: null,
    });
  }

  private async use(
    question: ContextQuestion,
    model: ChatModel,
    place: Pick<FitRequest, 'conversationId' | 'parentId' | 'language' | 'instructions'>,
  ): Promise<ContextUse> {
    const { prompt } = this.guardrails.input(question.prompt);
    const asked = { ...place, prompt, earlierText: this.guardrails.stored('') };
    const { route } = routeOf(model.provider, question.knowledge === true);
    const { context } = await this.fit.fit(asked, model, this.gather.gather(asked, route));
    return context;
  }
}
