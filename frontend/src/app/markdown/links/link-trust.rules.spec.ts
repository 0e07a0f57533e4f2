import { judgeLink, knownAddresses, partsOf } from './link-trust.rules';

const OWN = 'https://prosa.empresa.com.br';
const QUESTION =
  'O que diz https://jornal.com.br/economia/2026/cafe-em-alta?edicao=noite-completa-de-sexta#topo, ' +
  'e o site exemplo.org (ou ana@correio.com.br)? Compare com [isto](https://açaí.com.br/a).';
const known = knownAddresses(
  { question: QUESTION, sources: ['https://www.fonte.com/materias/um?id=123456789012345678901'] },
  OWN,
);
const doubts = (href: string) => judgeLink(href, known)?.doubts;

describe(judgeLink.name, () => {
  it.each([
    // As they stand in the question and among the sources.
    'https://jornal.com.br/economia/2026/cafe-em-alta?edicao=noite-completa-de-sexta#topo',
    'https://www.fonte.com/materias/um?id=123456789012345678901',
    'https://a\u00e7ai\u0301.com.br/a',
    // Short ones at the sites of both, and in Prosa itself.
    'https://jornal.com.br',
    'http://jornal.com.br/',
    'https://JORNAL.com.br./economia/2026/11/preco-do-cafe-bate-recorde-do-ano',
    'https://fonte.com/materias/dois?pagina=2#resumo',
    'https://exemplo.org/cora%C3%A7%C3%A3o',
    'mailto:outra@correio.com.br',
    `${OWN}/knowledge/documents/12?passage=3&version=400000000000000000000000000`,
  ])('should let open at once: %s', (href) => {
    expect(doubts(href)).toEqual([]);
  });

  it.each<[string, readonly string[]]>([
    ['https://evil.test/', ['stranger']],
    ['https://evil.test/?d=segredo-da-conversa-inteira', ['stranger', 'payload']],
    // A subdomain is a message to whoever answers for the domain.
    ['https://segredo.jornal.com.br/', ['stranger']],
    ['https://jornal.com.br.evil.test/', ['stranger']],
    ['https://jornal.com.br-evil.test/', ['stranger']],
    ['https://evil.test/jornal.com.br', ['stranger']],
    ['https://evil.test#jornal.com.br', ['stranger']],
    ['https://jornal.com.br:8443/', ['stranger']],
    ['https://jornal.com/', ['stranger']],
    ['https://com.br/', ['stranger']],
    // The name before the @ is nobody's site.
    ['https://jornal.com.br@evil.test/', ['before-host', 'stranger']],
    ['https://jornal.com.br:443@evil.test/', ['before-host', 'stranger']],
    ['https://segredo@jornal.com.br/', ['before-host']],
    [`${OWN}@evil.test/`, ['before-host', 'stranger']],
    // Browsers read a backslash as a slash, and leave tabs out.
    ['https://evil.test\\@jornal.com.br/', ['stranger']],
    ['https:\\\\evil.test/', ['stranger']],
    ['https://evil\t.test/', ['stranger']],
    // Look-alikes: a Cyrillic o, a full-width letter that is the letter itself, punycode as it is.
    ['https://j\u043ernal.com.br/', ['stranger', 'letters']],
    ['https://xn--jrnal-3ze.com.br/', ['stranger', 'letters']],
    ['https://a\u00e7ai.com.br/', ['stranger', 'letters']],
    ['https://evil\u3002test/', ['stranger']],
    ['https://0x7f.1/', ['stranger']],
    // Known sites, but an address that could hold what was said.
    ['https://jornal.com.br/?q=o-que-a-pessoa-perguntou', ['payload']],
    ['https://jornal.com.br/#o-que-a-pessoa-perguntou', ['payload']],
    ['https://fonte.com/c/c2VncmVkbyBkYSBlbXByZXNh', ['payload']],
    ['https://fonte.com/a/' + 'b/'.repeat(40), ['payload']],
    ['https://fonte.com/' + '%73%65%67'.repeat(7), ['payload']],
    ['https://fonte.com/%ff%ff' + 'a'.repeat(21), ['payload']],
    ['https://www.fonte.com/materias/um?id=123456789012345678902', ['payload']],
    // A mailbox, and a letter that is already written.
    ['mailto:x@evil.test', ['stranger']],
    ['mailto:x@evil.test?body=segredo', ['stranger', 'payload']],
    ['mailto:ana@correio.com.br?bcc=x@evil.test', ['payload']],
    ['mailto:x@evil.test,ana@correio.com.br', ['payload']],
    ['mailto:ana', ['stranger']],
  ])('should have doubts about %s: %j', (href, expected) => {
    expect(doubts(href)).toEqual(expected);
  });

  it.each([
    ...['javascript:alert(1)', 'JaVaScRiPt:alert(1)', 'data:text/html,x', 'vbscript:x', 'blob:x'],
    ...['//evil.test/', '/c/1', 'evil.test', 'file:///etc/passwd', 'ftp://jornal.com.br/', ''],
    ...['https://', 'https://[', 'https://a b/', 'https://%00/'],
  ])('should find no address at all in %j', (href) => {
    expect(judgeLink(href, known)).toBeNull();
  });

  it('should know nothing where nothing was said', () => {
    const nothing = knownAddresses({ question: '', sources: [] }, OWN);
    expect(judgeLink('https://jornal.com.br/', nothing)?.doubts).toEqual(['stranger']);
    expect(judgeLink(`${OWN}/`, nothing)?.doubts).toEqual([]);
  });

  it('should give the address as a browser understands it', () => {
    expect(judgeLink('HTTPS://Evil.test\\a b', known)?.address).toBe('https://evil.test/a%20b');
  });
});

describe(knownAddresses.name, () => {
  it('should take no word, number or source that is none for a site', () => {
    const question =
      'Custa 3.50? Veja a.b-, .x., http://, https://] e “javascript:alert(1)”. Fim.Começo';
    const { sites, addresses } = knownAddresses(
      { question, sources: ['nada', 'javascript:1'] },
      '',
    );
    expect([...addresses]).toEqual([]);
    expect([...sites]).toEqual(['3.0.0.50', 'a.b', 'fim.xn--comeo-1ra']);
  });

  it('should read 200,000 letters of anything in one go', () => {
    for (const unit of ['a', 'a.', 'https://', 'https://a.b/', ')', '-', 'a-', '@', 'é.']) {
      const question = unit.repeat(200_000 / unit.length);
      // Its own processor time: others on the machine slow no rule down.
      const began = process.cpuUsage();
      knownAddresses({ question, sources: [] }, OWN);
      expect(process.cpuUsage(began).user / 1000).toBeLessThan(2_000);
    }
  });
});

describe(partsOf.name, () => {
  it.each([
    ['https://evil.test/evil.test?q=evil.test', 'https://', 'evil.test', '/evil.test?q=evil.test'],
    ['https://a.b:c@evil.test:81/', 'https://a.b:c@', 'evil.test:81', '/'],
    ['http://[::1]/x', 'http://', '[::1]', '/x'],
    ['mailto:ana@evil.test?cc=a@b.c', 'mailto:ana@', 'evil.test', '?cc=a@b.c'],
    ['mailto:ana', 'mailto:', 'ana', ''],
  ])('should cut %s around its site', (address, before, host, after) => {
    expect(partsOf(address)).toEqual({ before, host, after });
  });
});
