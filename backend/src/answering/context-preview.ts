import { Injectable } from '@nestjs/common';
import type { Conversation } from '#db';
import { Guardrails } from '../guardrails/guardrails.js';
import { UNNAMED } from '../guardrails/masking/masked-text.js';
import { Access } from '../platform/access.js';
import type { Caller } from '../platform/caller.js';
import type { Language } from '../platform/language.rules.js';
import type { ContextUse } from './answer-event.js';
import { FindRoute } from './steps/find-route.js';
import { Fit, type FitRequest } from './steps/fit.js';
import { Gather } from './steps/gather.js';
import { Prepare } from './steps/prepare.js';

/** What somebody might ask next. */
export interface ContextQuestion {
  readonly prompt: string;
  readonly parentId?: number | null | undefined;
  readonly model?: string | undefined;
  readonly web?: boolean | undefined;
  readonly knowledge?: boolean | undefined;
  readonly collectionIds?: readonly number[] | undefined;
}

/** Tells how full the context window would be, before anything is sent. */
@Injectable()
export class ContextPreview {
  constructor(
    private readonly access: Access,
    private readonly prepare: Prepare,
    private readonly guardrails: Guardrails,
    private readonly routes: FindRoute,
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
    return this.use(caller, question, conversation, { conversationId, parentId, language });
  }

  /**
   * The same for a question that begins a conversation.
   * @throws {DomainError} MODEL.UNKNOWN.
   */
  async previewNew(
    caller: Caller,
    language: Language,
    question: Omit<ContextQuestion, 'parentId'>,
  ): Promise<ContextUse> {
    const nowhere = { model: null, instructions: null };
    const place = { conversationId: null, parentId: null, language };
    return this.use(caller, question, nowhere, place);
  }

  private async use(
    caller: Caller,
    question: ContextQuestion,
    conversation: Pick<Conversation, 'instructions' | 'model'>,
    place: Pick<FitRequest, 'conversationId' | 'parentId' | 'language'>,
  ): Promise<ContextUse> {
    const answerer = await this.prepare.answerer(caller, conversation, question.model);
    const { model, instructions } = answerer;
    const written = await this.prepare.beingWritten(caller, question.prompt, place.language);
    const person = { role: caller.role, door: 'web', language: place.language };
    // Nothing of it is stored or sent: what it comes to is all that is asked.
    const judged = async (text: string) =>
      (await this.guardrails.longInput(text, person)).text.with(UNNAMED);
    const prompt = await judged(written);
    const typed = written === question.prompt ? prompt : await judged(question.prompt);
    const asked = {
      ...place,
      ...person,
      userId: caller.id,
      instructions,
      prompt,
      typed,
      wishes: await this.prepare.wishes(caller, question),
      earlierText: this.guardrails.stored(''),
    };
    const { judged: choice } = await this.routes.byRules(asked, model);
    const passages = this.gather.preview({ ...asked, choice });
    const found = { passages, searched: choice.route !== 'direct', notices: [] };
    const { context } = await this.fit.fit(asked, model, found);
    return context;
  }
}
