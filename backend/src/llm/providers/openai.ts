import type { BaseMessage } from '@langchain/core/messages';
import {
  ChatOpenAICompletions,
  convertMessagesToCompletionsMessageParams,
} from '@langchain/openai';
import type { ChatModel } from '../chat-model.js';
import { MalformedAnswer } from '../failure.rules.js';
import {
  type ChunkOptions,
  type ChunkSource,
  LangChainChatModel,
} from '../langchain-chat-model.js';
import type { ModelParameters } from '../model-settings.js';
import { httpFetch, StreamedAnswer } from './http-fetch.js';
import type { SseGarbage } from './sse-chunk.rules.js';

export interface OpenAiOptions {
  readonly id: string;
  /** The model's name at the server. */
  readonly model: string;
  readonly contextWindow: number;
  readonly maxOutputTokens?: number;
  readonly parameters?: ModelParameters;
  /** Up to and including `/v1`. */
  readonly baseUrl: string;
  /** Local servers need none. */
  readonly apiKey?: string;
  /** Limit for name resolution, connection and TLS, in milliseconds. */
  readonly connectMs?: number;
  readonly onGarbage?: (garbage: SseGarbage) => void;
}

/** Tells its counts unasked, and refuses a request that asks for them (422, `extra_forbidden`). */
const TELLS_USAGE_UNASKED = 'api.mistral.ai';

/** F12: a server that cannot be reached is known within 3 s. */
export const CONNECT_MS = 3000;

/**
 * A model of any server that speaks OpenAI's `/chat/completions`. Import this file lazily: it loads
 * LangChain and the OpenAI SDK (about 400 ms, 70 MB).
 */
export function openAiModel(options: OpenAiOptions): ChatModel {
  const fetch = httpFetch({
    connectMs: options.connectMs ?? CONNECT_MS,
    authorized: options.apiKey !== undefined,
    ...(options.onGarbage ? { onGarbage: options.onGarbage } : {}),
  });
  return new LangChainChatModel({
    id: options.id,
    provider: 'openai',
    contextWindow: options.contextWindow,
    ...(options.maxOutputTokens === undefined ? {} : { maxOutputTokens: options.maxOutputTokens }),
    endpoint: options.baseUrl,
    secrets: options.apiKey === undefined ? [] : [options.apiKey],
    ...(options.parameters?.stop ? { stop: options.parameters.stop } : {}),
    // Completions, not `ChatOpenAI`: that one takes some names to the Responses API, which only
    // OpenAI itself has.
    open: (maxTokens) =>
      new CleanCompletions({
        model: options.model,
        maxTokens,
        ...completionParameters(options.parameters),
        maxRetries: 0,
        streamUsage: new URL(options.baseUrl).hostname !== TELLS_USAGE_UNASKED,
        // The SDK insists on a key; without one of ours `httpFetch` sends none.
        apiKey: options.apiKey ?? 'none',
        configuration: { baseURL: options.baseUrl, fetch, logLevel: 'off' },
      }),
  });
}

function completionParameters({ temperature, topP }: ModelParameters = {}) {
  return {
    ...(temperature === undefined ? {} : { temperature }),
    ...(topP === undefined ? {} : { topP }),
  };
}

/**
 * LangChain's request, and the answer as `httpFetch` reads it: what LangChain makes of each chunk
 * takes a tenth of the server's time for a token, and a quarter of its memory.
 */
class CleanCompletions extends ChatOpenAICompletions implements ChunkSource {
  async ask(messages: BaseMessage[], options: ChunkOptions): Promise<StreamedAnswer> {
    const request = {
      ...this.invocationParams(options, { streaming: true }),
      messages: convertMessagesToCompletionsMessageParams({ messages, model: this.model }),
      stream: true as const,
    };
    const clientOptions = this._getClientOptions(options);
    const answer = await this.client.chat.completions.create(request, clientOptions).asResponse();
    if (!(answer instanceof StreamedAnswer)) throw new MalformedAnswer('no stream');
    return answer;
  }
}
