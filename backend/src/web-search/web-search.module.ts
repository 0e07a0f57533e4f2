import { Module } from '@nestjs/common';
import { ENV } from '../config/config.module.js';
import type { Env } from '../config/env.schema.js';
import { parseProviders, type WebProviderName } from '../config/web-settings.js';
import { FetchingModule } from '../fetching/fetching.module.js';
import { PageReader } from '../reading/page-reader.js';
import { ReadingModule } from '../reading/reading.module.js';
import { ProvidedWebSearch } from './provided-web-search.js';
import { ProviderChain } from './provider-chain.js';
import { Brave } from './providers/brave.js';
import { DuckDuckGo } from './providers/duckduckgo.js';
import { Searxng } from './providers/searxng.js';
import { Tavily } from './providers/tavily.js';
import type { WebProvider } from './providers/web-provider.js';
import { WebAnswersRepository } from './web-answers.repository.js';
import { WebCacheCleaner } from './web-cache-cleaner.js';
import { WebCache } from './web-cache.js';
import { WebMetrics } from './web-metrics.js';
import { WebPages } from './web-pages.js';
import { WebSearch } from './web-search.js';

/** Searching the web; the rest of Prosa sees `WebSearch` only. */
@Module({
  imports: [FetchingModule, ReadingModule],
  providers: [
    WebAnswersRepository,
    WebCache,
    WebCacheCleaner,
    WebMetrics,
    WebPages,
    {
      provide: ProviderChain,
      inject: [ENV, PageReader],
      useFactory: (env: Env, reader: PageReader) =>
        new ProviderChain(
          (parseProviders(env.WEB_SEARCH) ?? []).map((name) => providerOf(name, env, reader)),
        ),
    },
    { provide: WebSearch, useClass: ProvidedWebSearch },
  ],
  exports: [WebSearch],
})
export class WebSearchModule {}

/** What each needs is there: the environment was checked at the start. */
function providerOf(name: WebProviderName, env: Env, reader: PageReader): WebProvider {
  switch (name) {
    case 'duckduckgo':
      return new DuckDuckGo(reader);
    case 'searxng':
      return new Searxng(env.SEARXNG_URL ?? '');
    case 'brave':
      return new Brave(env.BRAVE_API_KEY ?? '');
    case 'tavily':
      return new Tavily(env.TAVILY_API_KEY ?? '');
  }
}
