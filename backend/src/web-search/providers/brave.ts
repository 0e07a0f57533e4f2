import { z } from 'zod';
import type { Language } from '../../platform/language.rules.js';
import { callProvider, jsonOf } from './provider-call.js';
import { resultsOf } from './results.rules.js';
import { ProviderFailure, WebProvider, type WebResult } from './web-provider.js';

/** `web` is absent where nothing was found (api-dashboard.search.brave.com, Web Search API). */
const answerSchema = z.object({
  type: z.literal('search'),
  web: z.object({ results: z.array(z.record(z.string(), z.unknown())) }).nullish(),
});

/** The Brave Search API: needs a key. */
export class Brave extends WebProvider {
  readonly name = 'brave';

  constructor(
    private readonly key: string,
    private readonly address = 'https://api.search.brave.com',
  ) {
    super();
  }

  async search(
    query: string,
    language: Language,
    signal: AbortSignal,
  ): Promise<readonly WebResult[]> {
    const url = new URL('/res/v1/web/search', this.address);
    url.search = new URLSearchParams({
      q: query,
      count: '10',
      result_filter: 'web',
      text_decorations: 'false',
      ...(language === 'en' ? { search_lang: 'en' } : { search_lang: 'pt-br', country: 'BR' }),
    }).toString();
    const headers = { accept: 'application/json', 'x-subscription-token': this.key };
    const { data } = answerSchema.safeParse(jsonOf(await callProvider({ url, headers }, signal)));
    if (!data) throw new ProviderFailure('garbage', 'no results in its answer');
    const results = data.web?.results ?? [];
    return resultsOf(
      results.map(({ url, title, description, page_age: date }) => {
        return { url, title, snippet: description, date };
      }),
      new Date(),
    );
  }
}
