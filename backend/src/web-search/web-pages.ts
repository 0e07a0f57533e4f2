import { Injectable, Logger } from '@nestjs/common';
import { GuardedFetch } from '../fetching/guarded-fetch.js';
import { decodePage } from '../reading/page-bytes.rules.js';
import { PageReader } from '../reading/page-reader.js';
import type { ReadableText } from '../reading/readable-text.js';
import { type FetchedPage, WebCache } from './web-cache.js';
import { WebMetrics } from './web-metrics.js';

const PAGES = ['text/html', 'application/xhtml+xml'];
const TEXTS = ['text/plain'];

/** Longest text of a page that is looked through and kept, in UTF-16 units. */
const LONGEST_TEXT = 40_000;

/** Pages of the web as they are read: through the guarded door, and on the reading thread. */
@Injectable()
export class WebPages {
  private readonly logger = new Logger(WebPages.name);

  constructor(
    private readonly door: GuardedFetch,
    private readonly reader: PageReader,
    private readonly cache: WebCache,
    private readonly metrics: WebMetrics,
  ) {}

  /**
   * What a page says, as it was within the last hour.
   * @returns undefined where it is refused, fails, or the signal comes first.
   */
  async read(address: string, signal: AbortSignal): Promise<FetchedPage | undefined> {
    const known = await this.cache.page(address);
    if (known) {
      this.metrics.countPage('cached');
      return known;
    }
    try {
      const page = await this.fetch(address, signal);
      this.metrics.countPage('read');
      await this.cache.keepPage(address, page);
      return page;
    } catch (error) {
      this.metrics.countPage(signal.aborted ? 'late' : 'failed');
      this.logger.debug({ err: error }, 'a page of the web was not read');
      return undefined;
    }
  }

  private async fetch(address: string, signal: AbortSignal): Promise<FetchedPage> {
    const { url, type, charset, body } = await this.door.fetch(
      address,
      [...PAGES, ...TEXTS],
      signal,
    );
    const text = decodePage(body, charset);
    const page = TEXTS.includes(type)
      ? plainPage(text, url)
      : await this.reader.read(text, url.href, signal);
    const said = page.text.slice(0, LONGEST_TEXT);
    return { ...page, text: said, url: url.href, fetchedAt: new Date() };
  }
}

const plainPage = (text: string, { hostname: host, pathname }: URL): ReadableText => ({
  title: pathname === '/' ? host : (pathname.split('/').at(-1) ?? host),
  host,
  publishedAt: null,
  text,
});
