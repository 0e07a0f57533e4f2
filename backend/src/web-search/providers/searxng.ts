import { z } from 'zod';
import type { Language } from '../../platform/language.rules.js';
import { callProvider, jsonOf } from './provider-call.js';
import { resultsOf } from './results.rules.js';
import { ProviderFailure, WebProvider, type WebResult } from './web-provider.js';

/** docs.searxng.org, Search API; the engines that did not answer it are named beside. */
const answerSchema = z.object({
  results: z.array(z.record(z.string(), z.unknown())),
  unresponsive_engines: z.array(z.unknown()).catch([]),
});

/** A SearXNG of one's own, with the format `json` switched on. */
export class Searxng extends WebProvider {
  readonly name = 'searxng';

  constructor(private readonly address: string) {
    super();
  }

  async search(
    query: string,
    language: Language,
    signal: AbortSignal,
  ): Promise<readonly WebResult[]> {
    // It may stand below a path.
    const url = new URL('search', this.address.replace(/\/*$/, '/'));
    url.search = new URLSearchParams({
      ...{ q: query, format: 'json', language, safesearch: '1', categories: 'general' },
    }).toString();
    const headers = { accept: 'application/json' };
    const { data } = answerSchema.safeParse(jsonOf(await callProvider({ url, headers }, signal)));
    if (!data) throw new ProviderFailure('garbage', 'no results in its answer');
    if (data.results.length === 0 && data.unresponsive_engines.length > 0) {
      throw new ProviderFailure('unreachable', 'none of its engines answered');
    }
    return resultsOf(
      data.results.map(({ url, title, content, publishedDate: date }) => {
        return { url, title, snippet: content, date };
      }),
      new Date(),
    );
  }
}
