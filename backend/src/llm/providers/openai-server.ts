import { MalformedAnswer, toModelFailure } from '../failure.rules.js';
import { ModelFailure, type ModelFailureKind } from '../model-failure.js';
import type { ModelSettings } from '../model-settings.js';
import type { ModelSource } from '../model-source.js';
import { httpFetch } from './http-fetch.js';
import type { SseGarbage } from './sse-chunk.rules.js';

/** Where OpenAI itself answers. */
export const OPENAI_URL = 'https://api.openai.com/v1';
/** Nobody waits longer for a list. */
const LISTING_MS = 2000;
/** A server that takes no connection in that time, in milliseconds, cannot be reached. */
const LISTING_CONNECT_MS = 1500;
/** A listing answers for all models of the server that are looked at in one go. */
const LISTING_FRESH_MS = 5000;

export interface ListedModel {
  readonly name: string;
  /** Tokens, where the server tells (vLLM). */
  readonly window?: number;
}

/** An address without a path surely lacks the `/v1` that every such server has. */
export function withVersion(address: string): string {
  const url = new URL(address);
  if (url.pathname === '/') url.pathname = '/v1';
  return url.href.replace(/\/$/, '');
}

/** One OpenAI-compatible server and the models asked of it. */
export class OpenAiServer {
  readonly baseUrl: string;
  private readonly fetch;
  private listing: Promise<object> | undefined;
  private listedAt = -Infinity;

  constructor(
    address: string,
    private readonly apiKey: string | undefined,
    private readonly onGarbage: (model: string, garbage: SseGarbage) => void,
  ) {
    this.baseUrl = withVersion(address);
    this.fetch = httpFetch({ connectMs: LISTING_CONNECT_MS, authorized: apiKey !== undefined });
  }

  /** A model of this server. */
  source(name: string, window: number, settings: ModelSettings): ModelSource {
    const id = `openai/${name}`;
    const { contextWindow = window, maxOutputTokens, parameters } = settings;
    return {
      id,
      provider: 'openai',
      contextWindow,
      endpoint: this.baseUrl,
      check: () => this.problem(),
      open: async () => {
        const { openAiModel } = await import('./openai.js');
        return openAiModel({
          id,
          model: name,
          contextWindow,
          parameters,
          ...(maxOutputTokens === undefined ? {} : { maxOutputTokens }),
          baseUrl: this.baseUrl,
          ...(this.apiKey === undefined ? {} : { apiKey: this.apiKey }),
          onGarbage: (garbage) => {
            this.onGarbage(id, garbage);
          },
        });
      },
    };
  }

  /**
   * The models that the server lists.
   * @throws {ModelFailure}
   */
  async models(): Promise<readonly ListedModel[]> {
    const { data } = (await this.list()) as { data?: unknown };
    return Array.isArray(data) ? data.flatMap(listed) : [];
  }

  /** Why the server would not answer; one without a list, or slow to tell it, may all the same. */
  private async problem(): Promise<ModelFailureKind | undefined> {
    try {
      await this.list();
      return undefined;
    } catch (error) {
      const kind = error instanceof ModelFailure ? error.kind : 'UNAVAILABLE';
      return kind === 'NOT_FOUND' || kind === 'TIMEOUT' ? undefined : kind;
    }
  }

  private list(): Promise<object> {
    if (!this.listing || performance.now() - this.listedAt > LISTING_FRESH_MS) {
      this.listedAt = performance.now();
      this.listing = getJson(this.fetch, `${this.baseUrl}/models`, LISTING_MS, this.apiKey);
    }
    return this.listing;
  }
}

function listed(model: unknown): ListedModel[] {
  if (typeof model !== 'object' || model === null || !('id' in model)) return [];
  if (typeof model.id !== 'string') return [];
  const window = 'max_model_len' in model ? model.max_model_len : undefined;
  return [{ name: model.id, ...(typeof window === 'number' ? { window } : {}) }];
}

/**
 * Gets a JSON object.
 * @throws {ModelFailure}
 */
export async function getJson(
  fetch: typeof globalThis.fetch,
  url: string,
  limitMs: number,
  apiKey?: string,
): Promise<object> {
  try {
    const answer = await fetch(url, {
      headers: {
        accept: 'application/json',
        ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
      },
      signal: AbortSignal.timeout(limitMs),
    });
    if (!answer.ok) throw new HttpStatus(answer.status);
    const body: unknown = await answer.json();
    if (typeof body !== 'object' || body === null) throw new MalformedAnswer('not an object');
    return body;
  } catch (error) {
    throw toModelFailure(error, false, { secrets: apiKey === undefined ? [] : [apiKey] });
  }
}

class HttpStatus extends Error {
  constructor(readonly status: number) {
    super(`status ${String(status)}`);
  }
}
