import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { openDatabase, User, WebAnswer } from '#db';
import { createTestDatabase, type TestDatabase } from '../../../db/test/test-databases.js';
import { loadEnv } from '../../src/config/load-env.js';
import { FETCH_DEFAULTS, GuardedFetch } from '../../src/fetching/guarded-fetch.js';
import type { GuardedPrompt } from '../../src/guardrails/guarded.js';
import { Metrics } from '../../src/platform/metrics.js';
import { PageReader } from '../../src/reading/page-reader.js';
import { ProvidedWebSearch } from '../../src/web-search/provided-web-search.js';
import { ProviderChain } from '../../src/web-search/provider-chain.js';
import { Searxng } from '../../src/web-search/providers/searxng.js';
import { WebAnswersRepository } from '../../src/web-search/web-answers.repository.js';
import { WebCache } from '../../src/web-search/web-cache.js';
import { WebMetrics } from '../../src/web-search/web-metrics.js';
import { WebPages } from '../../src/web-search/web-pages.js';
import type { WebOutcome } from '../../src/web-search/web-search.js';
import { sendHtml, sendJson, startWebServer, type WebServer } from '../fakes/web-server.js';

Logger.overrideLogger(false);

const SNIPPET = 'O que o buscador cita sobre o preço do café.';
const PAGE = `<html><head><title>Café em alta</title><meta property="article:published_time" content="2026-11-20T10:00:00Z"></head>
<body><article><h1>Café em alta</h1><p>A saca de café chegou a R$ 2.100, o maior preço do ano.</p>
<p>O tempo amanhã será bom.</p></article></body></html>`;

describe(ProvidedWebSearch.name, () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let provider: WebServer;
  let sites: WebServer;
  let reader: PageReader;
  let metrics: Metrics;
  let userId: number;
  let prompts = 0;

  beforeAll(async () => {
    database = await createTestDatabase('sqlite');
    dataSource = await openDatabase(database.target);
    reader = new PageReader(30_000);
  });
  afterAll(async () => {
    await reader.onApplicationShutdown();
    await dataSource.destroy();
    await database.drop();
  });
  beforeEach(async () => {
    const username = `p${String((prompts += 1))}`;
    const person = { username, password: 'x', role: 'member', mustChangePassword: false } as const;
    ({ id: userId } = await dataSource
      .getRepository(User)
      .save({ ...person, createdAt: new Date() }));
    [provider, sites] = await Promise.all([startWebServer(), startWebServer()]);
    sites.answer = (_, reply) => {
      sendHtml(reply, PAGE);
    };
  });
  afterEach(() => Promise.all([provider.close(), sites.close()]));

  /** Sites are on loopback, which an operator opened for `.site.test` only. */
  const webSearch = (settings: Record<string, string> = {}, providers = [provider.url]) => {
    const env = loadEnv({ WEB_SEARCH: 'searxng', SEARXNG_URL: 'http://127.0.0.1:9', ...settings });
    metrics = new Metrics();
    const counted = new WebMetrics(metrics);
    const answers = new WebAnswersRepository(dataSource);
    const cache = new WebCache(answers);
    const door = new GuardedFetch({
      ...FETCH_DEFAULTS,
      allowed: [{ host: 'site.test', below: true, port: null }],
      resolve: () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]),
    });
    const pages = new WebPages(door, reader, cache, counted);
    const chain = new ProviderChain(
      providers.map((url) => new Searxng(url)),
      30_000,
    );
    return new ProvidedWebSearch(env, chain, pages, cache, answers, counted);
  };
  const at = (host: string, path = '/cafe') => `http://${host}:${String(sites.port)}${path}`;
  const finding = (...urls: string[]) => {
    provider.answer = (_, reply) => {
      const results = urls.map((url) => ({ url, title: 'Título do buscador', content: SNIPPET }));
      sendJson(reply, { results, unresponsive_engines: [] });
    };
  };
  /** Each test asks something of its own, so that nothing is known of it. */
  const ask = (search: ProvidedWebSearch, text = `preço do café ${String(prompts)}`, limit = 4) =>
    search.search({
      ...{ userId, query: text as GuardedPrompt, language: 'pt-BR', limit },
      signal: new AbortController().signal,
    });
  const change = (values: Partial<WebAnswer>) =>
    dataSource.getRepository(WebAnswer).createQueryBuilder().update().set(values).execute();
  const passagesOf = (outcome: WebOutcome) => ('passages' in outcome ? outcome.passages : []);

  it('should quote what pages say of the question, with title, host and date', async () => {
    const url = at('a.site.test', `/${String(prompts)}`);
    finding(url);
    const began = Date.now();
    const outcome = await ask(
      webSearch(),
      `Oi! Qual o preço do café ${String(prompts)}, por favor?`,
    );
    expect(outcome).toEqual({
      status: 'found',
      passages: [
        {
          ...{ url, host: 'a.site.test', title: 'Café em alta', provider: 'searxng' },
          text: 'A saca de café chegou a R$ 2.100, o maior preço do ano.',
          publishedAt: new Date('2026-11-20T10:00:00Z'),
          fetchedAt: expect.any(Date) as unknown,
        },
      ],
      tried: [{ provider: 'searxng', outcome: 'found', ms: expect.any(Number) as unknown }],
    });
    expect(passagesOf(outcome)[0]?.fetchedAt.getTime()).toBeGreaterThanOrEqual(began);
    expect(provider.requests[0]?.url.searchParams.get('q')).toBe(
      `Qual o preço do café ${String(prompts)}`,
    );
    expect(Object.keys(sites.requests[0]?.headers ?? {}).sort()).toEqual([
      ...['accept', 'accept-encoding', 'connection', 'host', 'user-agent'],
    ]);
  });

  it.each<[string, string, WebServer['answer']]>([
    ['is inside', '127.0.0.1', () => undefined],
    ['resolves to the inside', 'inside.test', () => undefined],
    [
      'leads to the metadata of a cloud',
      'a.site.test',
      (_, reply) => reply.writeHead(302, { location: 'http://169.254.169.254/latest/' }).end(),
    ],
    ['fails', 'a.site.test', (_, reply) => reply.writeHead(500).end()],
    [
      'is no page',
      'a.site.test',
      (_, reply) => reply.writeHead(200, { 'content-type': 'image/png' }).end('x'),
    ],
    [
      'speaks of something else',
      'a.site.test',
      (_, reply) => {
        sendHtml(reply, '<p>Nada disso.');
      },
    ],
  ])('should quote the snippet where a page %s, and go on', async (_, host, answer) => {
    const bad = at(host, `/${String(prompts)}/bad`);
    finding(bad, at('b.site.test', `/${String(prompts)}/good`));
    sites.answer = (request, reply) => {
      if (request.url.pathname.endsWith('good')) sendHtml(reply, PAGE);
      else answer(request, reply);
    };
    const texts = passagesOf(await ask(webSearch())).map(({ url, text }) => [url, text]);
    expect(texts[0]).toEqual([bad, SNIPPET]);
    expect(texts[1]?.[1]).toContain('R$ 2.100');
    const isInside = !host.endsWith('site.test');
    expect(sites.requests).toHaveLength(isInside ? 1 : 2);
  });

  it('should ask nobody again for what was found a short while ago', async () => {
    const url = at('a.site.test', `/${String(prompts)}`);
    finding(url);
    const first = await ask(webSearch());
    const second = await ask(webSearch({ WEB_SEARCHES_PER_DAY: '1' }));
    expect(passagesOf(second)).toEqual(passagesOf(first));
    expect(second).not.toHaveProperty('tried');
    expect([provider.requests.length, sites.requests.length]).toEqual([1, 1]);
    expect(await metrics.text()).toContain('prosa_web_searches_total{outcome="cached"} 1');
    await change({ expiresAt: new Date(0) });
    await ask(webSearch());
    expect([provider.requests.length, sites.requests.length]).toEqual([2, 2]);
  });

  it('should read what another version kept as if it were not there', async () => {
    finding(at('a.site.test', `/${String(prompts)}`));
    await ask(webSearch());
    await change({ content: '{"provider":"altavista"}' });
    expect(passagesOf(await ask(webSearch()))).toHaveLength(1);
    expect(provider.requests).toHaveLength(2);
  });

  it('should stop at what a person may search in a day, and say until when', async () => {
    finding();
    const search = webSearch({ WEB_SEARCHES_PER_DAY: '2', TIME_ZONE: 'America/Sao_Paulo' });
    const outcomes = [];
    for (const text of ['um', 'dois', 'três']) {
      outcomes.push(await ask(search, `${text} cafés ${String(prompts)}`));
    }
    expect(outcomes.map(({ status }) => status)).toEqual(['found', 'found', 'limited']);
    const { retryAt } = outcomes[2] as WebOutcome & { status: 'limited' };
    expect(retryAt.toISOString()).toMatch(/T03:00:00\.000Z$/);
    expect(retryAt.getTime()).toBeGreaterThan(Date.now());
    expect(provider.requests).toHaveLength(2);
  });

  it('should say that the web cannot be reached once all providers fail', async () => {
    provider.answer = (_, reply) => {
      reply.writeHead(429, { 'retry-after': '60' }).end();
    };
    const search = webSearch({}, [provider.url]);
    for (const text of ['um café', 'outro café']) {
      const outcome = await ask(search, `${text} ${String(prompts)}`);
      expect(outcome).toMatchObject({
        status: 'unreachable',
        retryAt: expect.any(Date) as unknown,
      });
      const { retryAt } = outcome as { retryAt: Date };
      expect(retryAt.getTime()).toBeGreaterThan(Date.now());
      expect(retryAt.getTime()).toBeLessThanOrEqual(Date.now() + 60_000);
    }
    expect(provider.requests).toHaveLength(1);
  });

  it('should find nothing where there is nothing, and nothing at all when it is off', async () => {
    finding();
    expect(await ask(webSearch())).toMatchObject({ status: 'found', passages: [] });
    expect(await ask(webSearch(), '?!')).toEqual({ status: 'found', passages: [] });
    const off = webSearch({ WEB_SEARCH: 'off' });
    expect([off.on, await ask(off)]).toEqual([false, { status: 'off' }]);
    expect(provider.requests).toHaveLength(1);
  });

  it('should leave when it is told to, also while pages are read', async () => {
    finding(at('a.site.test', `/${String(prompts)}`));
    const stop = new AbortController();
    sites.answer = () => {
      stop.abort(new Error('stopped'));
    };
    const query = `preço do café ${String(prompts)}` as GuardedPrompt;
    const searching = webSearch().search({
      ...{ userId, query, language: 'pt-BR', limit: 4, signal: stop.signal },
    });
    await expect(searching).rejects.toThrow('stopped');
  });
});

describe('WEB_SEARCH', () => {
  it.each([
    [{ WEB_SEARCH: 'altavista' }, /WEB_SEARCH: must be off, or some of/],
    [{ WEB_SEARCH: 'off,brave' }, /WEB_SEARCH/],
    [{ WEB_SEARCH: 'brave' }, /BRAVE_API_KEY: is needed with WEB_SEARCH=brave/],
    [{ WEB_SEARCH: 'duckduckgo, searxng' }, /SEARXNG_URL: is needed/],
    [{ SEARXNG_URL: 'ftp://x' }, /SEARXNG_URL/],
    [{ FETCH_ALLOW: 'http://wiki/' }, /FETCH_ALLOW: must be hosts like/],
    [{ FETCH_ALLOW: '10.0.0.0/8' }, /FETCH_ALLOW/],
  ])('should refuse to start with %j', (settings, message) => {
    expect(() => loadEnv(settings)).toThrow(message);
  });
});
