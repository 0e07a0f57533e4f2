import { Inject, Injectable, Logger } from '@nestjs/common';
import { ENV } from '../config/config.module.js';
import type { Env } from '../config/env.schema.js';
import { parseProviders } from '../config/web-settings.js';
import { dayAt, startOfDay } from '../platform/civil-days.rules.js';
import { candidatesOf, pageKeyOf } from './candidates.rules.js';
import { type ChainAnswer, ProviderChain } from './provider-chain.js';
import type { WebResult } from './providers/web-provider.js';
import { relevantText } from './relevant-text.rules.js';
import { searchQueryOf } from './search-query.rules.js';
import { WebAnswersRepository } from './web-answers.repository.js';
import { type FoundResults, WebCache } from './web-cache.js';
import { WebMetrics } from './web-metrics.js';
import { WebPages } from './web-pages.js';
import { type WebOutcome, type WebPassage, type WebQuery, WebSearch } from './web-search.js';

/** All pages together have so long, in milliseconds; of one that is later the snippet stands. */
const PAGES_LIMIT_MS = 6000;
/** Most pages that are opened for one question. */
const MOST_PAGES = 5;
/** Longest text of one page, in UTF-16 units: five of them leave room in a small window. */
const LONGEST_PASSAGE = 1500;

/** What there was to be said of a question, if anybody could be asked. */
type Results =
  | (FoundResults & { readonly tried?: ChainAnswer['tried'] })
  | Exclude<WebOutcome, { readonly status: 'found' }>;

/** Searches with the providers of `WEB_SEARCH`, opens the pages they name and cuts out what counts. */
@Injectable()
export class ProvidedWebSearch extends WebSearch {
  readonly on: boolean;
  private readonly logger = new Logger(ProvidedWebSearch.name);

  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly chain: ProviderChain,
    private readonly pages: WebPages,
    private readonly cache: WebCache,
    private readonly answers: WebAnswersRepository,
    private readonly metrics: WebMetrics,
  ) {
    super();
    this.on = (parseProviders(env.WEB_SEARCH) ?? []).length > 0;
  }

  async search(asked: WebQuery): Promise<WebOutcome> {
    asked.signal.throwIfAborted();
    const text = searchQueryOf(asked.query);
    if (!this.on) return { status: 'off' };
    if (text === '') return { status: 'found', passages: [] };
    const found = await this.resultsFor(text, asked);
    if ('status' in found) {
      this.metrics.countSearch(found.status);
      return found;
    }
    const limit = AbortSignal.any([asked.signal, AbortSignal.timeout(PAGES_LIMIT_MS)]);
    const candidates = candidatesOf(found.results, Math.min(MOST_PAGES, Math.max(asked.limit, 3)));
    const passages = await Promise.all(
      candidates.map((result) => this.passage(result, found, text, asked, limit)),
    );
    asked.signal.throwIfAborted();
    const { tried } = found;
    const quoted = distinct(passages).slice(0, asked.limit);
    return { status: 'found', passages: quoted, ...(tried && { tried }) };
  }

  private async resultsFor(text: string, asked: WebQuery): Promise<Results> {
    const known = await this.cache.results(text, asked.language);
    if (known) {
      this.metrics.countSearch('cached');
      return known;
    }
    const now = new Date();
    const today = dayAt(this.env.TIME_ZONE, now);
    const isAllowed = await this.count(asked.userId, today);
    if (isAllowed === undefined) return { status: 'unreachable' };
    if (!isAllowed) {
      return { status: 'limited', retryAt: startOfDay(this.env.TIME_ZONE, today + 1) };
    }
    const answer = await this.chain.search(text, asked.language, asked.signal);
    this.metrics.countCalls(answer.tried);
    if (answer.provider === undefined) return unreachable(answer, now);
    this.metrics.countSearch('found');
    const { provider, results, tried } = answer;
    // That nothing was found may be a provider's bad minute: it is asked again.
    if (results.length > 0) await this.cache.keepResults(text, asked.language, answer);
    return { provider, results: [...results], tried };
  }

  /** @returns undefined where it cannot be counted: the database is away, or the person. */
  private async count(userId: number, today: number): Promise<boolean | undefined> {
    try {
      return await this.answers.count(userId, today, this.env.WEB_SEARCHES_PER_DAY);
    } catch (error) {
      this.logger.warn({ err: error }, 'a search of the web could not be counted');
      return undefined;
    }
  }

  private async passage(
    result: WebResult,
    { provider }: FoundResults,
    text: string,
    { language }: WebQuery,
    limit: AbortSignal,
  ): Promise<WebPassage> {
    const page = await this.pages.read(result.url, limit);
    const said = page ? relevantText(page.text, text, language, LONGEST_PASSAGE) : '';
    const host = new URL(page?.url ?? result.url).hostname;
    return {
      url: page?.url ?? result.url,
      host: host.replace(/^www\./, ''),
      title: page && page.title !== page.host ? page.title : result.title,
      text: said || result.snippet,
      publishedAt: page?.publishedAt ?? result.publishedAt,
      fetchedAt: page?.fetchedAt ?? new Date(),
      provider,
    };
  }
}

function unreachable(
  { retryInMs, tried }: ChainAnswer,
  now: Date,
): WebOutcome & { status: 'unreachable' } {
  return {
    status: 'unreachable',
    tried,
    ...(retryInMs !== undefined && { retryAt: new Date(now.getTime() + retryInMs) }),
  };
}

/** Two addresses may lead to one page; one that says nothing is none. */
function distinct(passages: readonly WebPassage[]): WebPassage[] {
  const seen = new Set<string>();
  return passages.filter(({ url, text }) => {
    const key = pageKeyOf(url);
    const isNew = text !== '' && !seen.has(key);
    seen.add(key);
    return isNew;
  });
}
