import { Inject, Injectable } from '@nestjs/common';
import type { Post } from '#db';
import { ENV } from '../../config/config.module.js';
import type { Env } from '../../config/env.schema.js';
import type { GuardedMessage } from '../../guardrails/guarded.js';
import { Guardrails } from '../../guardrails/guardrails.js';
import type { ChatMessage, ChatModel, Passage } from '../../llm/chat-model.js';
import { TokenCounter } from '../../llm/token-counter.js';
import { estimateTokens, MESSAGE_OVERHEAD } from '../../llm/tokens.rules.js';
import { DomainError } from '../../platform/domain-error.js';
import { PostsRepository } from '../../posts/posts.repository.js';
import type { ContextUse } from '../answer-event.js';
import {
  answerRoom,
  fittingSources,
  fitWindow,
  promptExcess,
  shortenedBy,
  type Turn,
} from '../context-window.rules.js';
import type { CallTokens } from '../call-need.js';
import type { AcceptedRun } from '../live-run.js';
import { CONTINUE_PROMPT, systemPrompt } from '../system-prompt.js';

/** Turns looked at: more than any window holds of ordinary ones. */
const MOST_TURNS = 200;

/** What a model will be sent. */
export interface Fitted {
  readonly messages: readonly GuardedMessage[];
  /** The passages among the messages, numbered from 1. */
  readonly passages: readonly Passage[];
  readonly maxOutputTokens: number;
  readonly context: ContextUse;
  /** What the messages come to by the estimate alone, in tokens. */
  readonly promptEstimate: number;
}

/** What a fit depends on. */
export type FitRequest = Pick<
  AcceptedRun,
  'parentId' | 'language' | 'instructions' | 'prompt' | 'earlierText'
> & {
  /** Null: it would begin one. */
  readonly conversationId: number | null;
};

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
    private readonly posts: PostsRepository,
    private readonly guardrails: Guardrails,
    private readonly counter: TokenCounter,
  ) {}

  /** @throws {DomainError} POST.WINDOW_EXCEEDED, by how many tokens, when the prompt alone is too long. */
  requireRoom(
    model: ChatModel,
    {
      prompt,
      instructions,
      language,
    }: Pick<FitRequest, 'instructions' | 'language'> & { readonly prompt: string },
  ): void {
    const excess = this.excess(model, systemPrompt(language, instructions, []), [prompt]);
    if (excess > 0) {
      throw new DomainError('POST.WINDOW_EXCEEDED', { excess });
    }
  }

  /** What asking takes at the least: the prompt alone, and the longest answer. In tokens. */
  least(
    model: ChatModel,
    {
      prompt,
      instructions,
      language,
    }: Pick<FitRequest, 'instructions' | 'language'> & { readonly prompt: string },
  ): CallTokens {
    const { context } = fitWindow({
      contextWindow: model.contextWindow,
      maxOutputTokens: this.longestAnswer(model),
      factor: this.counter.cautiousFactor(model.id),
      system: systemPrompt(language, instructions, []),
      prompt,
      turns: [],
    });
    return {
      prompt: context.used,
      completion: answerRoom(model.contextWindow, this.longestAnswer(model)),
    };
  }

  /**
   * Where the window is small, the oldest turns give way to the passages, those to the prompt, and
   * of an answer that is to go on only the end is shown to the model.
   */
  async fit(run: FitRequest, model: ChatModel, found: readonly Passage[]): Promise<Fitted> {
    const excessOf = (some: readonly Passage[]) =>
      this.excess(model, systemPrompt(run.language, run.instructions, some), [
        run.prompt,
        ...continuation(run, run.earlierText).map(({ text }) => text),
      ]);
    const passages = fittingSources(found, excessOf).map((passage, index) => ({
      ...passage,
      n: index + 1,
    }));
    const factor = this.counter.cautiousFactor(model.id);
    const tooMuch = Math.ceil(excessOf(passages) / factor);
    const continued = continuation(
      run,
      tooMuch > 0 ? shortenedBy(run.earlierText, tooMuch) : run.earlierText,
    );
    const system = systemPrompt(run.language, run.instructions, passages);
    const branch =
      run.conversationId === null || run.parentId === null
        ? []
        : await this.posts.branch(run.conversationId, run.parentId, MOST_TURNS);
    const { turns, context } = fitWindow({
      contextWindow: model.contextWindow,
      maxOutputTokens: this.longestAnswer(model),
      factor,
      system,
      prompt: [run.prompt, ...continued.map(({ text }) => text)].join('\n'),
      turns: branch.map(toTurn),
    });
    const messages = this.guardrails.messages([
      { role: 'system', text: system },
      ...turns.flatMap(toMessages),
      { role: 'user', text: run.prompt },
      ...continued,
    ]);
    return {
      context,
      passages,
      maxOutputTokens: answerRoom(model.contextWindow, this.longestAnswer(model)),
      messages,
      promptEstimate: estimatedPrompt(messages),
    };
  }

  private longestAnswer({ maxOutputTokens }: ChatModel): number {
    return maxOutputTokens ?? this.env.MAX_OUTPUT_TOKENS;
  }

  private excess(model: ChatModel, system: string, texts: readonly string[]): number {
    return promptExcess({
      contextWindow: model.contextWindow,
      maxOutputTokens: this.longestAnswer(model),
      factor: this.counter.cautiousFactor(model.id),
      system,
      prompt: texts.join('\n'),
    });
  }
}

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

const toTurn = (post: Post): Turn => ({
  postId: post.id,
  prompt: post.asked ?? post.prompt,
  answer: post.body,
  answerTokens: post.bodyTokens,
  complete: post.body !== '' && post.status !== 'answering' && post.status !== 'blocked',
});

const toMessages = ({ prompt, answer }: Turn): ChatMessage[] => [
  { role: 'user', text: prompt },
  { role: 'assistant', text: answer },
];
