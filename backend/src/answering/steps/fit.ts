import { Inject, Injectable } from '@nestjs/common';
import type { Post } from '#db';
import { ENV } from '../../config/config.module.js';
import type { Env } from '../../config/env.schema.js';
import type { GuardedMessage } from '../../guardrails/guarded.js';
import { Guardrails } from '../../guardrails/guardrails.js';
import type { ChatMessage, ChatModel, Passage } from '../../llm/chat-model.js';
import { DomainError } from '../../platform/domain-error.js';
import { PostsRepository } from '../../posts/posts.repository.js';
import type { ContextUse } from '../answer-event.js';
import { answerRoom, fitWindow, promptExcess, type Turn } from '../context-window.rules.js';
import type { AcceptedRun } from '../live-run.js';
import { CONTINUE_PROMPT, systemPrompt } from '../system-prompt.js';

/** Turns looked at: more than any window holds of ordinary ones. */
const MOST_TURNS = 200;

/** What a model will be sent. */
export interface Fitted {
  readonly messages: readonly GuardedMessage[];
  readonly maxOutputTokens: number;
  readonly context: ContextUse;
}

/** What a fit depends on. */
export type FitRequest = Pick<
  AcceptedRun,
  'conversationId' | 'parentId' | 'language' | 'instructions' | 'prompt' | 'earlierText'
>;

/** Makes the messages for a model: as much of the branch as its window holds. */
@Injectable()
export class Fit {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly posts: PostsRepository,
    private readonly guardrails: Guardrails,
  ) {}

  /** @throws {DomainError} POST.WINDOW_EXCEEDED, by how many tokens, when the prompt alone is too long. */
  requireRoom(model: ChatModel, prompt: string, instructions: string | null): void {
    const excess = promptExcess({
      contextWindow: model.contextWindow,
      maxOutputTokens: this.env.MAX_OUTPUT_TOKENS,
      system: systemPrompt('en', instructions, []),
      prompt,
    });
    if (excess > 0) {
      throw new DomainError('POST.WINDOW_EXCEEDED', { excess });
    }
  }

  async fit(run: FitRequest, model: ChatModel, passages: readonly Passage[]): Promise<Fitted> {
    const system = systemPrompt(run.language, run.instructions, passages);
    const continued: ChatMessage[] = run.earlierText
      ? [
          { role: 'assistant', text: run.earlierText },
          { role: 'user', text: CONTINUE_PROMPT[run.language] },
        ]
      : [];
    const branch =
      run.parentId === null
        ? []
        : await this.posts.branch(run.conversationId, run.parentId, MOST_TURNS);
    const { kept, ...context } = fitWindow({
      contextWindow: model.contextWindow,
      maxOutputTokens: this.env.MAX_OUTPUT_TOKENS,
      system,
      prompt: [run.prompt, ...continued.map(({ text }) => text)].join('\n'),
      turns: branch.map(toTurn),
    });
    return {
      context,
      maxOutputTokens: answerRoom(model.contextWindow, this.env.MAX_OUTPUT_TOKENS),
      messages: this.guardrails.messages([
        { role: 'system', text: system },
        ...kept.flatMap(toMessages),
        { role: 'user', text: run.prompt },
        ...continued,
      ]),
    };
  }
}

const toTurn = (post: Post): Turn => ({
  postId: post.id,
  prompt: post.prompt,
  answer: post.body,
  answerTokens: post.bodyTokens,
  complete: post.body !== '' && post.status !== 'answering' && post.status !== 'blocked',
});

const toMessages = ({ prompt, answer }: Turn): ChatMessage[] => [
  { role: 'user', text: prompt },
  { role: 'assistant', text: answer },
];
