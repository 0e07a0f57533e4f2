import type { WebResult } from './providers/web-provider.js';

/** More pages of one site say the same again. */
const MOST_OF_A_HOST = 2;

/** The results whose pages are looked at: one of each page, and few of each site. */
export function candidatesOf(results: readonly WebResult[], most: number): WebResult[] {
  const pages = new Set<string>();
  const hosts = new Map<string, number>();
  const chosen: WebResult[] = [];
  for (const result of results) {
    const page = pageKeyOf(result.url);
    const host = page.slice(0, page.indexOf('/'));
    const ofHost = hosts.get(host) ?? 0;
    if (!pages.has(page) && ofHost < MOST_OF_A_HOST && chosen.length < most) {
      pages.add(page);
      hosts.set(host, ofHost + 1);
      chosen.push(result);
    }
  }
  return chosen;
}

/** What makes a page one: host and path. What follows `?` mostly says who sent the reader. */
export function pageKeyOf(address: string): string {
  const { hostname, pathname } = new URL(address);
  return `${hostname.replace(/^(?:www|m|amp)\./, '')}${pathname.replace(/\/+$/, '')}/`;
}
