import type { ChunkCounts, SaidChunk } from '../said-chunk.js';

/** What of a provider's stream was not what the protocol has; counted, never kept. */
export interface SseGarbage {
  /** Frames whose data is not a JSON object of a chunk. */
  badFrames: number;
  /** Frames of an event type we do not know. */
  unknownEvents: number;
  /** Fields that nobody asked for: tools, code to execute, anything new. */
  unknownFields: number;
}

export const noGarbage = (): SseGarbage => ({ badFrames: 0, unknownEvents: 0, unknownFields: 0 });

type Json = Readonly<Record<string, unknown>>;
const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const CHUNK_FIELDS = new Set(
  'id object created model choices usage system_fingerprint service_tier obfuscation prompt_filter_results provider timings'.split(
    ' ',
  ),
);
const CHOICE_FIELDS = new Set(
  'index delta finish_reason logprobs native_finish_reason content_filter_results stop_reason token_ids'.split(
    ' ',
  ),
);
const DELTA_FIELDS = new Set(
  'role content refusal reasoning reasoning_content reasoning_details annotations'.split(' '),
);

function unknownFields(value: Json, known: ReadonlySet<string>): number {
  let unknown = 0;
  for (const key in value) if (!known.has(key) && value[key] !== null) unknown += 1;
  return unknown;
}

/** Text of a delta: a string, or Mistral's list of parts. */
function contentOf(delta: Json): string {
  const content = delta['content'] ?? delta['refusal'];
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content
    .map((part: unknown) =>
      isJson(part) && part['type'] === 'text' && typeof part['text'] === 'string'
        ? part['text']
        : '',
    )
    .join('');
}

/** Token counts, wherever they are numbers. */
function countsOf(value: unknown): ChunkCounts | undefined {
  if (!isJson(value)) return undefined;
  const { prompt_tokens: prompt, completion_tokens: completion } = value;
  if (typeof prompt !== 'number' || typeof completion !== 'number') return undefined;
  const details = value['prompt_tokens_details'];
  const cached = isJson(details) ? details['cached_tokens'] : undefined;
  return { prompt, completion, cached: typeof cached === 'number' ? cached : undefined };
}

/** What the provider said went wrong, in the middle of its stream. */
export interface ErrorChunk {
  readonly error: unknown;
}

/**
 * What of one SSE frame of `/chat/completions` may go on: only text, reason, counts or an error,
 * taken out one by one, so that nothing else a server sends can go further. Undefined: drop.
 */
export function cleanChunk(
  event: string,
  data: string,
  garbage: SseGarbage,
): SaidChunk | ErrorChunk | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(data);
  } catch {
    garbage.badFrames += 1;
    return undefined;
  }
  if (isJson(parsed) && (event === 'error' || (parsed['error'] ?? null) !== null)) {
    return { error: parsed['error'] ?? parsed };
  }
  if (event !== '' && event !== 'message') {
    garbage.unknownEvents += 1;
    return undefined;
  }
  if (!isJson(parsed) || (!Array.isArray(parsed['choices']) && !isJson(parsed['usage']))) {
    garbage.badFrames += 1;
    return undefined;
  }
  garbage.unknownFields += unknownFields(parsed, CHUNK_FIELDS);
  return saidBy(parsed, garbage);
}

function saidBy({ choices, usage }: Json, garbage: SseGarbage): SaidChunk | undefined {
  const counts = countsOf(usage);
  const choice: unknown = Array.isArray(choices) ? choices[0] : undefined;
  if (!isJson(choice)) return counts && { text: '', counts };
  const delta = isJson(choice['delta']) ? choice['delta'] : {};
  garbage.unknownFields +=
    unknownFields(choice, CHOICE_FIELDS) + unknownFields(delta, DELTA_FIELDS);
  const reason = choice['finish_reason'];
  return {
    text: contentOf(delta),
    reason: typeof reason === 'string' && reason !== '' ? reason : undefined,
    counts,
  };
}
