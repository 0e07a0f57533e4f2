import type { BaseMessage } from '@langchain/core/messages';
import type { ChatGenerationChunk } from '@langchain/core/outputs';
import type { ChunkOptions, ChunkSource } from './langchain-chat-model.js';
import { unitsInTrace } from './moderation/trace-units.rules.js';
import type { ChunkCounts, SaidChunk } from './said-chunk.js';

/**
 * The part of a LangChain chat model that is used: its stream below `stream()`. That one would set
 * up callbacks, and with `LANGSMITH_TRACING` in the environment a tracer that sends raw text away;
 * it also joins all chunks again. Here there is no callback, so no tracer, and no second copy.
 */
export interface ChunkedModel {
  _streamResponseChunks(
    messages: BaseMessage[],
    options: ChunkOptions,
  ): AsyncIterable<ChatGenerationChunk>;
}

/** What the chunks of a LangChain chat model say. */
export class LangChainChunks implements ChunkSource {
  constructor(private readonly model: ChunkedModel) {}

  ask(messages: BaseMessage[], options: ChunkOptions): Promise<AsyncIterator<SaidChunk>> {
    return Promise.resolve(saidIn(this.model._streamResponseChunks(messages, options)));
  }
}

async function* saidIn(chunks: AsyncIterable<ChatGenerationChunk>): AsyncGenerator<SaidChunk> {
  for await (const { text, message, generationInfo } of chunks) {
    const metadata: Record<string, unknown> = message.response_metadata;
    const stop = metadata['messageStop'] as { stopReason?: unknown } | undefined;
    const reason: unknown = generationInfo?.['finish_reason'] ?? stop?.stopReason;
    const counts =
      'usage_metadata' in message
        ? (message.usage_metadata as UsageMetadata | undefined)
        : undefined;
    yield {
      text,
      reason: typeof reason === 'string' ? reason : undefined,
      counts: counts && toCounts(counts),
      guarded: unitsInTrace(metadata['metadata']),
    };
  }
}

interface UsageMetadata {
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly input_token_details?: { readonly cache_read?: number };
}

const toCounts = (counts: UsageMetadata): ChunkCounts => ({
  prompt: counts.input_tokens,
  completion: counts.output_tokens,
  cached: counts.input_token_details?.cache_read,
});
