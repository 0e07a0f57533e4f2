import { MalformedAnswer, toModelFailure } from '../failure.rules.js';
import { httpFetch } from '../providers/http-fetch.js';
import { withVersion } from '../providers/openai-server.js';
import { type Embedded, Embedder } from './embedder.js';
import { unitVector } from './vectors.rules.js';

const CONNECT_MS = 5000;
const CALL_MS = 60_000;
/** OpenAI's own errors are a page at most. */
const MAX_ERROR = 2000;

export interface OpenAiEmbedding {
  /** `text-embedding-3-small` */
  readonly model: string;
  readonly address: string;
  readonly apiKey: string | undefined;
  readonly dimension: number;
}

/** Embeddings of OpenAI, or of a server that speaks as it does (Ollama, vLLM, llama.cpp). */
export class OpenAiEmbedder extends Embedder {
  override readonly id: string;
  override readonly provider = 'openai';
  override readonly endpoint: string;
  override readonly dimension: number;
  override readonly most = 64;
  private readonly fetch;

  constructor(private readonly wish: OpenAiEmbedding) {
    super();
    this.id = `openai/${wish.model}`;
    this.endpoint = withVersion(wish.address);
    this.dimension = wish.dimension;
    this.fetch = httpFetch({ connectMs: CONNECT_MS, authorized: wish.apiKey !== undefined });
  }

  override async embed(texts: readonly string[], signal: AbortSignal): Promise<Embedded> {
    const { apiKey, model } = this.wish;
    try {
      const answer = await this.fetch(`${this.endpoint}/embeddings`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'application/json',
          ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
        },
        body: JSON.stringify({ model, input: texts, encoding_format: 'float' }),
        signal: AbortSignal.any([signal, AbortSignal.timeout(CALL_MS)]),
      });
      if (!answer.ok) {
        throw new RefusedCall(answer.status, (await answer.text()).slice(0, MAX_ERROR), answer);
      }
      return this.read(await answer.json(), texts.length);
    } catch (error) {
      throw toModelFailure(error, false, {
        secrets: apiKey === undefined ? [] : [apiKey],
        said: texts,
      });
    }
  }

  override close(): Promise<void> {
    return Promise.resolve();
  }

  private read(body: unknown, count: number): Embedded {
    const { data, usage } = body as { data?: unknown; usage?: { prompt_tokens?: unknown } };
    if (!Array.isArray(data) || data.length !== count) throw new MalformedAnswer('not as many');
    const vectors: Float32Array[] = [];
    for (const [at, one] of (data as { index?: unknown; embedding?: unknown }[]).entries()) {
      const place = typeof one.index === 'number' ? one.index : at;
      vectors[place] = unitVector(one.embedding, this.dimension);
    }
    const tokens = usage?.prompt_tokens;
    return { vectors, tokens: typeof tokens === 'number' ? tokens : null };
  }
}

class RefusedCall extends Error {
  readonly headers: Headers;

  constructor(
    readonly status: number,
    text: string,
    answer: Response,
  ) {
    super(text);
    this.headers = answer.headers;
  }
}
