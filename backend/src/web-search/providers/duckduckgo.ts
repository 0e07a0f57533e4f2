import type { Language } from '../../platform/language.rules.js';
import type { PageReader } from '../../reading/page-reader.js';
import type { Picking } from '../../reading/picked.js';
import { callProvider, LONG_REST_MS } from './provider-call.js';
import { resultsOf } from './results.rules.js';
import { ProviderFailure, WebProvider, type WebResult } from './web-provider.js';

/** Its page for browsers without scripts, as it stands in November 2026. */
const PAGE: Picking = {
  each: '.web-result:not(.result--ad)',
  parts: { link: 'a.result__a', snippet: '.result__snippet' },
  signs: {
    captcha: '#challenge-form, .anomaly-modal__modal, form[action*="anomaly.js"]',
    none: '.no-results, .result--no-result',
    results: '#links',
  },
};

/** DuckDuckGo, as its page for browsers without scripts shows it: needs no key, has no contract. */
export class DuckDuckGo extends WebProvider {
  readonly name = 'duckduckgo';

  constructor(
    private readonly reader: PageReader,
    private readonly address = 'https://html.duckduckgo.com',
  ) {
    super();
  }

  async search(
    query: string,
    language: Language,
    signal: AbortSignal,
  ): Promise<readonly WebResult[]> {
    const form = { q: query, b: '', kl: language === 'en' ? 'wt-wt' : 'br-pt' };
    const request = {
      url: new URL('/html/', this.address),
      method: 'POST',
      headers: {
        accept: 'text/html,application/xhtml+xml',
        'accept-language': language === 'en' ? 'en' : 'pt-BR,pt;q=0.9',
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams(form).toString(),
    } as const;
    const { status, text } = await callProvider(request, signal);
    const { items, signs } = await this.reader.pick(text, PAGE, signal);
    // It asks for a proof of being human with 202, sometimes with 200.
    if (signs.includes('captcha') || status === 202) {
      throw new ProviderFailure('captcha', String(status), LONG_REST_MS);
    }
    if (items.length === 0 && !signs.includes('none')) {
      throw new ProviderFailure('garbage', 'no results in its page');
    }
    const now = new Date();
    return resultsOf(
      items.map(({ link, snippet }) => ({
        ...{ url: targetOf(link?.href ?? ''), title: link?.text, snippet: snippet?.text, date: '' },
      })),
      now,
    );
  }
}

/** Where a result leads: its link, or what stands in one that leads there by way of DuckDuckGo. */
export function targetOf(href: string): string {
  const url = URL.parse(href, 'https://duckduckgo.com/');
  if (url === null) return '';
  const isOwn = /(?:^|\.)duckduckgo\.com$/.test(url.hostname);
  return isOwn ? (url.searchParams.get('uddg') ?? '') : url.href;
}
