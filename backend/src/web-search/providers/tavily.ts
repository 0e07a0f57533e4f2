import { z } from 'zod';
import type { Language } from '../../platform/language.rules.js';
import { callProvider, jsonOf } from './provider-call.js';
import { resultsOf } from './results.rules.js';
import { ProviderFailure, WebProvider, type WebResult } from './web-provider.js';

/** docs.tavily.com, POST /search. */
const answerSchema = z.object({ results: z.array(z.record(z.string(), z.unknown())) });

/** Tavily: needs a key. */
export class Tavily extends WebProvider {
  readonly name = 'tavily';

  constructor(
    private readonly key: string,
    private readonly address = 'https://api.tavily.com',
  ) {
    super();
  }

  async search(
    query: string,
    language: Language,
    signal: AbortSignal,
  ): Promise<readonly WebResult[]> {
    const asked = {
      ...{ query, max_results: 10, search_depth: 'basic', topic: 'general' },
      ...(language === 'pt-BR' && { country: 'brazil' }),
    };
    const request = {
      url: new URL('/search', this.address),
      method: 'POST',
      headers: {
        accept: 'application/json',
        authorization: `Bearer ${this.key}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(asked),
    } as const;
    const { data } = answerSchema.safeParse(jsonOf(await callProvider(request, signal)));
    if (!data) throw new ProviderFailure('garbage', 'no results in its answer');
    return resultsOf(
      data.results.map(({ url, title, content, published_date: date }) => {
        return { url, title, snippet: content, date };
      }),
      new Date(),
    );
  }
}
