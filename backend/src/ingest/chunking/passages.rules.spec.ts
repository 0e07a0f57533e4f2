import { describe, expect, it } from '@jest/globals';
import type { Block } from '../parsing/block.js';
import { isApart, type Passage, PASSAGE, passagesOf, wholeText } from './passages.rules.js';

/** Cuts blocks as a parser's output is cut: what stands apart first. */
function cut(blocks: readonly Block[]): Passage[] {
  const groups: Block[][] = [];
  for (const block of blocks) {
    const before = groups.at(-1)?.at(-1);
    if (before && !isApart(before, block)) groups.at(-1)?.push(block);
    else groups.push([block]);
  }
  return groups.flatMap(passagesOf);
}

/** Numbers that are the same for the same seed. */
function random(seed: number): (below: number) => number {
  let state = seed * 2654435761;
  return (below) => {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + 374761393) | 0;
    return Math.abs(state ^ (state >>> 13)) % below;
  };
}

const WORDS = [
  'casa',
  'manutenção',
  'Sr.',
  'é',
  '3,14',
  '😀',
  'x'.repeat(1500),
  'fim.',
  'Então!',
  '\n',
  'why?',
  '👩‍👩‍👧',
];

function someBlocks(seed: number): Block[] {
  const next = random(seed);
  const blocks = Array.from({ length: 1 + next(20) }, (_, index) => ({
    page: seed % 3 === 0 ? null : 1 + Math.floor(index / (1 + next(9))),
    headings: ['A', 'B', 'C'].slice(0, next(4)).map((name) => `${name}${String(next(3))}`),
    text: Array.from(
      { length: 1 + next(seed % 5 === 0 ? 150 : 30) },
      () => WORDS[next(WORDS.length)],
    )
      .join(' ')
      .trim(),
    row: next(5) === 0,
    alone: next(12) === 0,
  }));
  return blocks.filter(({ text }) => text !== '');
}

describe(passagesOf.name, () => {
  it('should lose, double and reorder nothing, whatever the blocks are', () => {
    for (let seed = 1; seed <= 60; seed += 1) {
      const blocks = someBlocks(seed);
      expect(
        cut(blocks)
          .map(({ text }) => text)
          .join(''),
      ).toBe(wholeText(blocks));
    }
  });

  it('should keep every passage within its limit, with text in it and no half character', () => {
    for (let seed = 1; seed <= 60; seed += 1) {
      for (const { text, heading } of cut(someBlocks(seed))) {
        expect(text.length).toBeLessThanOrEqual(PASSAGE.most);
        expect(text.trim()).not.toBe('');
        expect(text.isWellFormed()).toBe(true);
        expect(heading.length).toBeLessThanOrEqual(PASSAGE.heading);
      }
    }
  });

  it('should put no two pages, top headings or lone blocks into one passage', () => {
    for (let seed = 1; seed <= 60; seed += 1) {
      const blocks = someBlocks(seed);
      let at = 0;
      let rest = '';
      for (const { page, text } of cut(blocks)) {
        const held: Block[] = [];
        for (let wanted = text.length; wanted > 0;) {
          const block = blocks[at]!;
          held.push(block);
          rest ||= wholeText([block]);
          const taken = Math.min(wanted, rest.length);
          wanted -= taken;
          rest = rest.slice(taken);
          if (rest === '') at += 1;
        }
        expect(new Set(held.map((block) => block.page))).toEqual(new Set([page]));
        for (const [index, block] of held.slice(1).entries()) {
          expect(isApart(held[index]!, block)).toBe(false);
        }
      }
    }
  });

  const sentence = 'A bomba deve ser inspecionada a cada noventa dias por um técnico. ';

  it('should cut a long text evenly, at sentences', () => {
    const blocks = [{ page: 1, headings: ['Bombas'], text: sentence.repeat(40).trim() }];
    const passages = passagesOf(blocks);
    expect(passages).toHaveLength(3);
    for (const { text, heading } of passages) {
      expect(text.trim()).toMatch(/^A bomba.*técnico\.$/);
      expect(text.length).toBeGreaterThan(800);
      expect(heading).toBe('Bombas');
    }
  });

  it('should give a section a passage of its own, and short ones one together, under what they share', () => {
    const section = (name: string, times: number): Block[] => [
      { page: null, headings: ['Manual', name], text: name },
      { page: null, headings: ['Manual', name], text: sentence.repeat(times).trim() },
    ];
    const long = passagesOf([...section('Bombas', 8), ...section('Caldeiras', 8)]);
    expect(long.map(({ heading }) => heading)).toEqual(['Manual › Bombas', 'Manual › Caldeiras']);
    const short = passagesOf([...section('Bombas', 2), ...section('Caldeiras', 2)]);
    expect(short.map(({ heading }) => heading)).toEqual(['Manual']);
  });

  it('should keep the rows of a table whole', () => {
    const rows = Array.from({ length: 60 }, (_, n) => ({
      page: null,
      headings: ['Peças'],
      text: `Código: ${String(n)} | Nome: Peça número ${String(n)} | Preço: R$ ${String(n)},00`,
      row: true,
    }));
    for (const { text } of passagesOf(rows)) {
      for (const line of text.trim().split('\n'))
        expect(line).toMatch(/^Código: \d+ .* \| Preço: R\$ \d+,00$/);
    }
  });
});
