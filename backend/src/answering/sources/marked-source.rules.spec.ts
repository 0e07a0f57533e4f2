import { markedSource } from './marked-source.rules.js';

const PIECES = [
  '<',
  '/',
  'source',
  'SOURCE',
  '>',
  ' ',
  '\n',
  '\t',
  '"',
  "'",
  '\\',
  'a',
  '</source>',
  '<source n="9">',
];

/** Mulberry32: the same texts in every run. */
function randomText(seed: number): string {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  return Array.from({ length: 12 }, () => PIECES[Math.floor(next() * PIECES.length)]).join('');
}

describe(markedSource.name, () => {
  it('should let no text and no title end its source or begin another', () => {
    for (let seed = 0; seed < 5000; seed += 1) {
      const [title, text] = [randomText(seed), randomText(-seed - 1)];
      const marked = markedSource({ n: 1, kind: 'web', title, text, page: null, host: title });
      expect(marked.match(/<[\s/]*source/gi)).toEqual(['<source', '</source']);
      expect(marked.endsWith('\n</source>')).toBe(true);
    }
  });

  it('should leave other text as it is', () => {
    const text = 'if (a < b) { <b>1</b> } sources say';
    const marked = markedSource({
      n: 2,
      kind: 'document',
      title: 'A "b"',
      text,
      page: 3,
      host: null,
    });
    expect(marked).toBe(`<source n="2" title="A \\"b\\"" page="3">\n${text}\n</source>`);
  });
});
