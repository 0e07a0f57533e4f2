import { Injectable, Logger } from '@nestjs/common';
import { z } from 'zod';
import { WEB_PROVIDERS } from '../config/web-settings.js';
import type { Language } from '../platform/language.rules.js';
import type { ReadableText } from '../reading/readable-text.js';
import type { ChainAnswer } from './provider-chain.js';
import { WebAnswersRepository } from './web-answers.repository.js';

/** How long results of a search, and what pages say, are believed; in milliseconds. */
const RESULTS_MS = 15 * 60_000;
const PAGE_MS = 60 * 60_000;

const date = z.iso.datetime().transform((text) => new Date(text));
const foundSchema = z.object({
  provider: z.enum(WEB_PROVIDERS),
  results: z.array(
    z.object({
      url: z.string(),
      title: z.string(),
      snippet: z.string(),
      publishedAt: date.nullable(),
    }),
  ),
});
const pageSchema = z.object({
  url: z.string(),
  host: z.string(),
  title: z.string(),
  text: z.string(),
  publishedAt: date.nullable(),
  fetchedAt: date,
});

export type FoundResults = z.infer<typeof foundSchema>;
/** A page that was read, and where it was found after redirects. */
export type FetchedPage = ReadableText & { readonly url: string; readonly fetchedAt: Date };

/**
 * What the web answered lately, shared by all processes of a database. It is no place that a
 * search depends on: while the database is away nothing is found in it and nothing is kept.
 */
@Injectable()
export class WebCache {
  private readonly logger = new Logger(WebCache.name);

  constructor(private readonly answers: WebAnswersRepository) {}

  results(query: string, language: Language): Promise<FoundResults | undefined> {
    return this.find(resultsName(query, language), foundSchema);
  }

  async keepResults(query: string, language: Language, answer: ChainAnswer): Promise<void> {
    const { provider, results } = answer;
    await this.keep(resultsName(query, language), { provider, results }, RESULTS_MS);
  }

  page(address: string): Promise<FetchedPage | undefined> {
    return this.find(pageName(address), pageSchema);
  }

  async keepPage(address: string, page: FetchedPage): Promise<void> {
    await this.keep(pageName(address), page, PAGE_MS);
  }

  private async find<T>(name: string, schema: z.ZodType<T>): Promise<T | undefined> {
    try {
      const content = await this.answers.find(name, new Date());
      // Another version of Prosa may have kept it in another shape.
      return content === undefined ? undefined : schema.safeParse(JSON.parse(content)).data;
    } catch (error) {
      this.logger.warn({ err: error }, 'what the web answered could not be looked up');
      return undefined;
    }
  }

  private async keep(name: string, content: unknown, forMs: number): Promise<void> {
    try {
      const until = new Date(Date.now() + forMs);
      await this.answers.keep(name, JSON.stringify(content), until);
    } catch (error) {
      this.logger.warn({ err: error }, 'what the web answered could not be kept');
    }
  }
}

const resultsName = (query: string, language: Language) =>
  `results ${language} ${query.toLowerCase()}`;
const pageName = (address: string) => `page ${address}`;
