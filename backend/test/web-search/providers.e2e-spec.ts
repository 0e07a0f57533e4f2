import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { PageReader } from '../../src/reading/page-reader.js';
import { ProviderChain } from '../../src/web-search/provider-chain.js';
import { Brave } from '../../src/web-search/providers/brave.js';
import { DuckDuckGo, targetOf } from '../../src/web-search/providers/duckduckgo.js';
import { Searxng } from '../../src/web-search/providers/searxng.js';
import { Tavily } from '../../src/web-search/providers/tavily.js';
import type { ProviderFailure, WebProvider } from '../../src/web-search/providers/web-provider.js';
import { sendHtml, sendJson, startWebServer, type WebServer } from '../fakes/web-server.js';

const KEY = 'a-key-of-a-provider';
const QUERY = 'preço do café & açúcar';

/** Shaped like the providers' own answers; what it says is made up. */
const DUCKDUCKGO = `<html><body><div id="links" class="results">
<div class="result results_links results_links_deep result--ad web-result"><h2 class="result__title"><a class="result__a" href="https://duckduckgo.com/y.js?ad_domain=loja.test">Anúncio</a></h2></div>
<div class="result results_links results_links_deep web-result "><div class="links_main links_deep result__body">
<h2 class="result__title"><a rel="nofollow" class="result__a" href="//duckduckgo.com/l/?uddg=https%3A%2F%2Fcafe.test%2Fpre%C3%A7o%3Fa%3D1%26b%3D2&amp;rut=1f">O <b>café</b> hoje</a></h2>
<a class="result__snippet" href="//duckduckgo.com/l/?uddg=x">A saca de <b>café</b> &amp; o açúcar.</a></div></div>
<div class="result web-result"><h2><a class="result__a" href="https://direto.test/x">Direto</a></h2></div>
<div class="result web-result"><h2><a class="result__a" href="javascript:alert(1)">Ruim</a></h2></div>
</div></body></html>`;
const CAPTCHA = `<html><body><form id="challenge-form" action="//duckduckgo.com/anomaly.js?sv=html" method="POST"><div class="anomaly-modal__modal">…</div></form></body></html>`;
const RESULTS = [
  {
    ...{ url: 'https://cafe.test/a', title: 'O <strong>café</strong>', content: 'A saca.' },
    ...{ description: 'A saca.', page_age: '2026-11-20T10:00:00Z' },
    ...{ publishedDate: '2026-11-20T10:00:00Z', published_date: 'Fri, 20 Nov 2026 10:00:00 GMT' },
  },
  { url: 'ftp://cafe.test/b', title: 'x' },
  { title: 'sem endereço' },
  { url: 'https://sem-titulo.test/', title: null },
];
const FOUND = [
  {
    ...{ url: 'https://cafe.test/a', title: 'O café', snippet: 'A saca.' },
    publishedAt: new Date('2026-11-20T10:00:00Z'),
  },
  {
    ...{ url: 'https://sem-titulo.test/', title: 'sem-titulo.test', snippet: '' },
    publishedAt: null,
  },
];

// What fails here is meant to, and each failure is logged.
Logger.overrideLogger(false);

describe('search providers', () => {
  let server: WebServer;
  let reader: PageReader;
  let all: Record<string, WebProvider>;

  beforeAll(() => {
    reader = new PageReader(30_000);
  });
  afterAll(() => reader.onApplicationShutdown());
  beforeEach(async () => {
    server = await startWebServer();
    all = {
      duckduckgo: new DuckDuckGo(reader, server.url),
      searxng: new Searxng(`${server.url}/searx`),
      brave: new Brave(KEY, server.url),
      tavily: new Tavily(KEY, server.url),
    };
  });
  afterEach(() => server.close());

  const search = async (name: string, signal = new AbortController().signal) =>
    (all[name] ?? new Searxng('')).search(QUERY, 'pt-BR', signal);
  const problemOf = (name: string): Promise<string> =>
    search(name).then(
      (found) => `${String(found.length)} results`,
      (error: unknown) => (error as ProviderFailure).problem,
    );

  it('should ask DuckDuckGo’s page and read where its results lead', async () => {
    server.answer = (_, reply) => {
      sendHtml(reply, DUCKDUCKGO);
    };
    expect(await search('duckduckgo')).toEqual([
      {
        ...{ url: 'https://cafe.test/pre%C3%A7o?a=1&b=2', title: 'O café hoje' },
        ...{ snippet: 'A saca de café & o açúcar.', publishedAt: null },
      },
      { url: 'https://direto.test/x', title: 'Direto', snippet: '', publishedAt: null },
    ]);
    const [{ method, url, body, headers } = { method: '', url: null, body: '', headers: {} }] =
      server.requests;
    expect([method, url?.pathname]).toEqual(['POST', '/html/']);
    expect(Object.fromEntries(new URLSearchParams(body))).toEqual({ q: QUERY, b: '', kl: 'br-pt' });
    expect(headers).not.toHaveProperty('cookie');
  });

  it.each([
    [200, CAPTCHA, 'captcha'],
    [202, '<html><body>wait</body></html>', 'captcha'],
    [200, '<html><body><p>maintenance</p></body></html>', 'garbage'],
    [200, '\u0000\u0001 not a page', 'garbage'],
    [200, '<div id="links"><div class="no-results">No results.</div></div>', '0 results'],
    [303, '', 'garbage'],
  ])('should tell DuckDuckGo’s %s %j from results', async (status, page, problem) => {
    server.answer = (_, reply) => {
      sendHtml(reply, page, status);
    };
    expect(await problemOf('duckduckgo')).toBe(problem);
  });

  it.each([
    ['searxng', { results: RESULTS, unresponsive_engines: [] }],
    ['brave', { type: 'search', web: { results: RESULTS } }],
    ['tavily', { query: QUERY, results: RESULTS, response_time: 1 }],
  ])('should ask %s as its documentation says', async (name, answer) => {
    server.answer = (_, reply) => {
      sendJson(reply, answer);
    };
    expect(await search(name)).toEqual(FOUND);
    const asked = server.requests.map(({ method, url, headers, body }) => ({
      ...{ method, path: url.pathname, query: Object.fromEntries(url.searchParams), body },
      ...{ key: headers['x-subscription-token'] ?? headers.authorization },
    }))[0];
    expect(asked).toEqual(
      {
        searxng: {
          ...{ method: 'GET', path: '/searx/search', body: '', key: undefined },
          query: {
            ...{ q: QUERY, format: 'json', language: 'pt-BR', safesearch: '1' },
            categories: 'general',
          },
        },
        brave: {
          ...{ method: 'GET', path: '/res/v1/web/search', body: '', key: KEY },
          query: {
            ...{ q: QUERY, count: '10', result_filter: 'web', text_decorations: 'false' },
            ...{ search_lang: 'pt-br', country: 'BR' },
          },
        },
        tavily: {
          ...{ method: 'POST', path: '/search', query: {}, key: `Bearer ${KEY}` },
          body: JSON.stringify({
            ...{ query: QUERY, max_results: 10, search_depth: 'basic', topic: 'general' },
            country: 'brazil',
          }),
        },
      }[name],
    );
  });

  it.each([
    ['searxng', { results: [], unresponsive_engines: [['google', 'timeout']] }, 'unreachable'],
    ['searxng', { results: [], unresponsive_engines: [] }, '0 results'],
    ['brave', { type: 'search' }, '0 results'],
    ['brave', { type: 'ErrorResponse' }, 'garbage'],
    ['tavily', { detail: 'x' }, 'garbage'],
    ['searxng', [], 'garbage'],
    ['tavily', { results: 'none' }, 'garbage'],
  ])('should take of %s %j for what it is', async (name, answer, problem) => {
    server.answer = (_, reply) => {
      sendJson(reply, answer);
    };
    expect(await problemOf(name)).toBe(problem);
  });

  describe.each(['duckduckgo', 'searxng', 'brave', 'tavily'])('%s', (name) => {
    it.each([
      [429, 'busy'],
      [401, 'refused'],
      [403, 'refused'],
      [503, 'unreachable'],
      [404, 'garbage'],
    ])('should fail with %s as %s', async (status, problem) => {
      server.answer = (_, reply) => {
        sendHtml(reply, 'no', status);
      };
      expect(await problemOf(name)).toBe(problem);
    });

    it('should fail where HTML, half an answer, or too much of one comes', async () => {
      server.answer = (_, reply) => {
        sendHtml(reply, '<html><body>{"results":');
      };
      expect(await problemOf(name)).toBe('garbage');
      server.answer = (_, reply) => {
        reply.writeHead(200, { 'content-length': 1000 });
        reply.write('{', () => reply.destroy());
      };
      expect(await problemOf(name)).toBe('unreachable');
      server.answer = (_, reply) => {
        sendHtml(reply, ' '.repeat(2_000_001));
      };
      expect(await problemOf(name)).toBe('garbage');
    });

    it('should not follow where it leads, be it the metadata of a cloud', async () => {
      server.answer = (_, reply) => {
        reply.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data/' }).end();
      };
      expect(await problemOf(name)).toBe('garbage');
    });
  });

  it('should go to the next where one fails, and leave alone who asks for it', async () => {
    const chain = new ProviderChain(Object.values(all), 60_000);
    const signal = new AbortController().signal;
    server.answer = ({ url }, reply) => {
      if (url.pathname === '/html/') sendHtml(reply, CAPTCHA);
      else if (url.pathname === '/searx/search')
        reply.writeHead(429, { 'retry-after': '60' }).end();
      else if (url.pathname === '/search') sendJson(reply, { results: RESULTS });
      else sendJson(reply, { type: 'search' });
    };
    const first = await chain.search(QUERY, 'pt-BR', signal);
    expect(first.provider).toBe('tavily');
    expect(first.results).toEqual(FOUND);
    expect(first.tried.map(({ provider, outcome }) => [provider, outcome])).toEqual([
      ['duckduckgo', 'captcha'],
      ['searxng', 'busy'],
      ['brave', 'nothing'],
      ['tavily', 'found'],
    ]);
    const second = await chain.search(QUERY, 'pt-BR', signal);
    expect(second.tried.map(({ outcome }) => outcome)).toEqual([
      ...['resting', 'resting', 'nothing', 'found'],
    ]);
    expect(server.requests).toHaveLength(6);
  });

  it('should cut off one that is slow, and say when nobody can be asked', async () => {
    const chain = new ProviderChain([new Searxng(server.url)], 100);
    server.answer = () => undefined;
    const { signal } = new AbortController();
    for (let failures = 0; failures < 5; failures += 1) {
      const { provider, tried } = await chain.search(QUERY, 'en', signal);
      expect([provider, tried[0]?.outcome]).toEqual([undefined, 'time']);
    }
    const { tried, retryInMs = 0 } = await chain.search(QUERY, 'en', signal);
    expect(tried[0]?.outcome).toBe('resting');
    expect(retryInMs).toBeGreaterThan(0);
  });

  it('should leave when it is told to, and hold nothing against the provider', async () => {
    const chain = new ProviderChain([new Searxng(server.url)], 60_000);
    const stop = new AbortController();
    server.answer = () => {
      stop.abort(new Error('stopped'));
    };
    await expect(chain.search(QUERY, 'en', stop.signal)).rejects.toThrow('stopped');
  });

  it.each([
    ['//duckduckgo.com/l/?uddg=https%3A%2F%2Fa.test%2F', 'https://a.test/'],
    [
      'https://a.test/l/?uddg=https%3A%2F%2Fb.test%2F',
      'https://a.test/l/?uddg=https%3A%2F%2Fb.test%2F',
    ],
    ['https://evilduckduckgo.com/l/?uddg=x', 'https://evilduckduckgo.com/l/?uddg=x'],
    ['/l/?rut=1', ''],
    ['http://[', ''],
  ])('should read where %s leads', (href, target) => {
    expect(targetOf(href)).toBe(target);
  });
});
