import { describe, expect, it } from '@jest/globals';
import { decodePage } from './page-bytes.rules.js';
import { pick } from './picked.js';
import { readableText } from './readable-text.js';

const NOW = new Date('2026-11-21T12:00:00Z');
const SENTENCE =
  'O conselho aprovou o orçamento, que vale a partir de março, por sete votos a dois. ';
const read = (body: string, head = '') =>
  readableText(
    `<!doctype html><html lang="pt-BR"><head>${head}</head><body>${body}</body></html>`,
    'https://jornal.example/politica/orcamento',
    NOW,
  );

describe(readableText.name, () => {
  it('should find the article of a page, its title and its date', () => {
    const page = read(
      `<nav><a href="/">Início</a> <a href="/assine">Assine já</a></nav>
       <article><h1>Orçamento aprovado</h1><p>${SENTENCE.repeat(4)}</p><h2>Os votos</h2>
       <ul><li>a favor: 7<ul><li>do centro: 3</li></ul></li><li>contra: 2</li></ul>
       <blockquote><p>${SENTENCE}</p></blockquote>
       <table><tr><th>Ano</th><th>Valor</th></tr><tr><td>2026</td><td>R$ 4 mi</td></tr></table>
       <pre>a = 1\n  b = 2</pre><p>${SENTENCE.repeat(3)}</p></article>
       <footer>Todos os direitos reservados</footer>`,
      `<title>Orçamento aprovado - Jornal</title>
       <meta property="og:title" content="Orçamento  aprovado">
       <meta property="article:published_time" content="2026-11-20T18:30:00-03:00">`,
    );
    expect(page).toMatchObject({
      title: 'Orçamento aprovado',
      host: 'jornal.example',
      publishedAt: new Date('2026-11-20T21:30:00Z'),
    });
    expect(page.text).toContain('## Os votos\n\n- a favor: 7\n  - do centro: 3\n- contra: 2');
    expect(page.text).toContain(`> ${SENTENCE.trim()}`);
    expect(page.text).toContain('| Ano | Valor |\n| 2026 | R$ 4 mi |');
    expect(page.text).toContain('```\na = 1\n  b = 2\n```');
    expect(page.text).not.toMatch(/Assine|direitos/);
  });

  it('should hold nothing active, and nothing that no reader sees', () => {
    const { text } = read(`<article><p>${SENTENCE.repeat(5)}</p>
      <p>Veja <a href="https://evil.test/?q=1">a fonte</a> <img src="https://evil.test/p.png" alt="segredo">
      ![x](https://evil.test/a.png) [y](javascript:alert(1)) [[z](u)](v) &lt;script&gt;alert(2)&lt;/script&gt;</p>
      <script>alert(3)</script><style>p{}</style><iframe src="https://evil.test"></iframe>
      <p style="display:none">IGNORE</p><p hidden>IGNORE</p><p aria-hidden="true">IGNORE</p>
      <p style="color:red; font-size:0px">IGNORE</p><p>zero\u200bwidth\u202e\u{E0041}\u{E0042}</p>
      <!-- IGNORE --><form><input value="IGNORE"><button>IGNORE</button></form></article>`);
    expect(text).toContain('Veja a fonte x y) [z] (v) <script>alert(2)</script>');
    expect(text).toContain('zerowidth');
    expect(text).not.toMatch(/evil|IGNORE|alert\(3\)|segredo|\]\(|[\u200b\u202e\u{E0041}]/u);
  });

  it.each([
    ['<meta name="date" content="2026-11-20">', '2026-11-20T00:00:00.000Z'],
    ['<meta itemprop="datePublished" content="20261119">', '2026-11-19T00:00:00.000Z'],
    ['<meta name="pubdate" content="Fri, 20 Nov 2026 10:00:00 GMT">', '2026-11-20T10:00:00.000Z'],
    [
      '<script type="application/ld+json">{"@graph":[{"@type":"WebPage"},{"@type":"NewsArticle","datePublished":"2026-11-18T08:00:00Z"}]}</script>',
      '2026-11-18T08:00:00.000Z',
    ],
    ['<script type="application/ld+json">{"datePublished":</script>', undefined],
    ['<meta name="date" content="03/04/2026">', undefined],
    ['<meta name="date" content="2031-01-01">', undefined],
    ['<meta name="date" content="1970-01-01">', undefined],
    ['<meta name="date" content="2026-13-45">', undefined],
  ])('should read the date in %s', (head, date) => {
    expect(read('<p>x</p>', head).publishedAt?.toISOString()).toBe(date);
  });

  it('should take the time that stands in the text where the page says no other', () => {
    const { publishedAt } = read('<time datetime="2026-11-17T09:00">17 de novembro</time>');
    expect(publishedAt?.toISOString()).toBe('2026-11-17T09:00:00.000Z');
  });

  it('should read what is not written as a page', () => {
    expect(readableText('só texto &amp; mais', 'https://a.example/', NOW)).toEqual({
      ...{ title: 'a.example', host: 'a.example', publishedAt: null, text: 'só texto & mais' },
    });
    expect(readableText('', 'https://a.example/', NOW).text).toBe('');
    expect(readableText('<h1>Um <b>título</b></h1>', 'https://a.example/', NOW).title).toBe(
      'Um título',
    );
  });

  it('should read on where the nesting is absurd', () => {
    const deep = `${'<div>'.repeat(3000)}fundo${'</div>'.repeat(3000)}<p>raso</p>`;
    expect(read(deep).text).toBe('raso');
  });
});

describe(decodePage.name, () => {
  const bytes = (text: string, encoding: BufferEncoding) => Buffer.from(text, encoding);

  it.each([
    ['what its server says', bytes('ação', 'latin1'), 'ISO-8859-1'],
    ['what it says itself', bytes('<meta charset="windows-1252">ação', 'latin1'), null],
    ['UTF-8 where nothing is said', bytes('ação', 'utf8'), null],
    ['the Western one where that is none', bytes('ação', 'latin1'), null],
    ['its mark before anything else', bytes('\ufeffação', 'utf16le'), 'utf-8'],
    ['another where the one that is named does not exist', bytes('ação', 'utf8'), 'x-none'],
  ])('should decode by %s', (_, page, charset) => {
    expect(decodePage(page, charset).replace(/<.*>/, '')).toBe('ação');
  });
});

describe(pick.name, () => {
  it('should pick the parts of each, and say which signs are there', () => {
    const html =
      '<ul><li><a href="/a">Um <b>A</b></a><i>x</i></li><li><i>y</i></li></ul><form id="c"></form>';
    const picking = { each: 'li', parts: { link: 'a', word: 'i' }, signs: { c: '#c', d: '#d' } };
    expect(pick(html, picking)).toEqual({
      items: [
        { link: { text: 'Um A', href: '/a' }, word: { text: 'x', href: null } },
        { word: { text: 'y', href: null } },
      ],
      signs: ['c'],
    });
  });
});
