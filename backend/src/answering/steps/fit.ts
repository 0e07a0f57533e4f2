import { Inject, Injectable } from '@nestjs/common';
import { ENV } from '../../config/config.module.js';
import type { Env } from '../../config/env.schema.js';
import type { GuardedMessage } from '../../guardrails/guarded.js';
import { Guardrails } from '../../guardrails/guardrails.js';
import type { ChatMessage, ChatModel } from '../../llm/chat-model.js';
import type { FoundPassage } from '../sources/found-passage.js';
import { ModelWindows } from '../../llm/model-windows.js';
import { TokenCounter } from '../../llm/token-counter.js';
import { estimateTokens, MESSAGE_OVERHEAD } from '../../llm/tokens.rules.js';
import { DomainError } from '../../platform/domain-error.js';
import type { Language } from '../../platform/language.rules.js';
import type { ContextUse } from '../answer-event.js';
import {
  answerRoom,
  fittingSources,
  promptExcess,
  promptTokens,
  shortenedBy,
  type WindowRequest,
} from '../context-window.rules.js';
import type { CallTokens } from '../call-need.js';
import type { AcceptedRun } from '../live-run.js';
import {
  CONTINUE_PROMPT,
  type Found,
  type Instructions,
  NOTHING_SOUGHT,
  systemPrompt,
} from '../system-prompt.js';
import { chosenForRelevance } from '../window/tell-window.rules.js';
import { type Overflowing, FillWindow } from '../window/fill-window.js';

/** What a model will be sent. */
export interface Fitted {
  readonly messages: readonly GuardedMessage[];
  /** The passages among the messages, numbered from 1. */
  readonly passages: readonly FoundPassage[];
  readonly maxOutputTokens: number;
  readonly context: ContextUse;
  /** What the messages come to by the estimate alone, in tokens. */
  readonly promptEstimate: number;
}

/** The same of a conversation, with what is to be remembered of its older turns. */
export interface FittedConversation extends Fitted {
  /** Older turns that were chosen for what they say, in the order in which they were. */
  readonly keptIds: readonly number[];
  /** Turns for which there was no room. */
  readonly fallen: Overflowing;
}

/** What a fit depends on. */
export type FitRequest = Pick<
  AcceptedRun,
  'parentId' | 'userId' | 'role' | 'door' | 'language' | 'instructions' | 'prompt' | 'earlierText'
> & {
  /** Null: it would begin one. */
  readonly conversationId: number | null;
};

/** What must be sent, were nothing else. */
type Asked = Pick<FitRequest, 'instructions' | 'language'> & { readonly prompt: string };

/** What a window holds that shows nothing of a conversation. */
export const NO_TURNS: Omit<ContextUse, 'limit' | 'used' | 'reserved'> = {
  excess: 0,
  begins: null,
  kept: [],
  left: [],
  leftOlder: 0,
  summary: null,
};

/** Makes the messages for a model: as much of the branch as its window holds. */
@Injectable()
export class Fit {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly windows: ModelWindows,
    private readonly branch: FillWindow,
    private readonly guardrails: Guardrails,
    private readonly counter: TokenCounter,
  ) {}

  /** @throws {DomainError} POST.WINDOW_EXCEEDED, by how many tokens, when the prompt alone is too long. */
  async requireRoom(model: ChatModel, { prompt, instructions, language }: Asked): Promise<void> {
    const system = this.system(language, instructions, NOTHING_SOUGHT);
    const { excess } = await this.fixed(model, system, [prompt]);
    if (excess > 0) {
      throw new DomainError('POST.WINDOW_EXCEEDED', { excess });
    }
  }

  /** What asking takes at the least: the prompt alone, and the longest answer. In tokens. */
  least(model: ChatModel, { prompt, instructions, language }: Asked): CallTokens {
    const request = this.request(model, this.system(language, instructions, NOTHING_SOUGHT), [
      prompt,
    ]);
    const completion = answerRoom(request.contextWindow, request.maxOutputTokens);
    const most = request.contextWindow - completion;
    return { prompt: Math.min(promptTokens(request), most), completion };
  }

  /**
   * Where the window is small, the oldest turns give way to the passages, those to the prompt, and
   * of an answer that is to go on only the end is shown to the model.
   */
  async fit(
    run: FitRequest,
    model: ChatModel,
    found: Found<FoundPassage>,
  ): Promise<FittedConversation> {
    const { language, instructions, prompt } = run;
    const excessOf = (some: readonly FoundPassage[]) =>
      promptExcess(
        this.request(model, this.system(language, instructions, { ...found, passages: some }), [
          prompt,
          ...textsOf(continuation(run, run.earlierText)),
        ]),
      );
    const fitting = fittingSources(found.passages, excessOf);
    // The numbers in a text that goes on stand already.
    const passages =
      run.earlierText === '' ? fitting.map((one, index) => ({ ...one, n: index + 1 })) : fitting;
    const factor = this.counter.cautiousFactor(model.id);
    const tooMuch = Math.ceil(excessOf(passages) / factor);
    const continued = continuation(
      run,
      tooMuch > 0 ? shortenedBy(run.earlierText, tooMuch) : run.earlierText,
    );
    const system = this.system(language, instructions, { ...found, passages });
    const { tokens, excess, limit, reserved } = await this.fixed(model, system, [
      prompt,
      ...textsOf(continued),
    ]);
    const filled = await this.branch.fill(run, { room: limit - reserved - tokens, factor, system });
    const messages = this.guardrails.messages([
      { role: 'system', text: filled.system },
      ...filled.messages,
      { role: 'user', text: prompt },
      ...continued,
    ]);
    return {
      context: { limit, used: tokens + filled.used, reserved, excess, ...filled.told },
      passages,
      maxOutputTokens: reserved,
      messages,
      promptEstimate: estimatedPrompt(messages),
      keptIds: chosenForRelevance(filled.branch, filled.told),
      fallen: {
        ...filled.fallen,
        window: limit,
        ask: { prompt: tokens + filled.used, completion: reserved },
      },
    };
  }

  private system(language: Language, instructions: Instructions, found: Found): string {
    return systemPrompt(language, instructions, found, this.guardrails.canary);
  }

  /** What must be sent comes to: estimated, and counted where that says that it is too much. */
  private async fixed(model: ChatModel, system: string, texts: readonly string[]) {
    const request = this.request(model, system, texts);
    const { contextWindow: limit } = request;
    const reserved = answerRoom(limit, request.maxOutputTokens);
    const room = limit - reserved;
    const estimated = promptTokens(request);
    // No tokenizer takes less than half of what is estimated, nor need it be asked.
    const isDoubtful = estimated > room && estimated <= 2 * room;
    const counted = isDoubtful
      ? await this.counter.exactly(model.id, [system, ...texts])
      : undefined;
    const tokens = counted ?? estimated;
    return { limit, reserved, tokens, excess: Math.max(0, tokens - room) };
  }

  private request(model: ChatModel, system: string, texts: readonly string[]): WindowRequest {
    return {
      contextWindow: this.windows.of(model),
      maxOutputTokens: model.maxOutputTokens ?? this.env.MAX_OUTPUT_TOKENS,
      factor: this.counter.cautiousFactor(model.id),
      system,
      prompt: texts.join('\n'),
    };
  }
}

const textsOf = (messages: readonly ChatMessage[]): string[] => messages.map(({ text }) => text);

/** What asks a model to go on after the end of its own text; nothing for a new answer. */
function continuation({ language, earlierText }: FitRequest, end: string): ChatMessage[] {
  return earlierText === ''
    ? []
    : [
        { role: 'assistant', text: end },
        { role: 'user', text: CONTINUE_PROMPT[language] },
      ];
}

/** What messages come to by the estimate alone, in tokens. */
export const estimatedPrompt = (messages: readonly ChatMessage[]): number =>
  messages.reduce((sum, { text }) => sum + estimateTokens(text) + MESSAGE_OVERHEAD, 0);
