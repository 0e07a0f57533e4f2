import { indexPassages } from './passage-index.rules.js';
import { passagesOf } from './passages.rules.js';
import { MINIMUM_COVERAGE, rank, relevant, type RankedPassage } from './ranking.rules.js';

const passages = passagesOf(
  'docs/en/guide.md',
  'en',
  `# Guide

## How do I change the port?

Start it with another number.

## How do I use a proxy?

A proxy listens on a port of its own and forwards to that port of yours.

## How do I pick a colour?

Choose one.
`,
);
const index = indexPassages(passages, 'en');
const [passage] = passages;

describe(rank.name, () => {
  it('should put a passage about the word before one that mentions it', () => {
    expect(rank('which port', index).map(({ passage: { heading } }) => heading)).toEqual([
      'How do I change the port?',
      'How do I use a proxy?',
    ]);
  });

  it('should say what share of the question the passage speaks of', () => {
    const [all] = rank('change port', index);
    const [some] = rank('change port xylophone', index);
    expect(all?.coverage).toBe(1);
    expect(some?.coverage).toBeLessThan(0.7);
    expect(rank('number', index)[0]?.coverage).toBeLessThan(1);
  });

  it('should prefer the section whose other wording is the question itself', () => {
    const twins = passagesOf(
      'docs/en/twins.md',
      'en',
      '# G\n\n## First\n\n[asked]: # "bring it back, undelete it"\n\nText.\n\n' +
        '## Second\n\n[asked]: # "bring the bill, send it back"\n\nText.\n',
    );
    const ranking = rank('bring it back', indexPassages(twins, 'en'));
    expect(ranking.map(({ passage: { heading } }) => heading)).toEqual(['First', 'Second']);
    expect(ranking[0]?.score).toBeGreaterThan(ranking[1]?.score ?? 0);
  });

  it('should count a synonym for less than the word itself', () => {
    const [own] = rank('change', index);
    const [synonym] = rank('alter', index);
    expect(synonym?.passage.heading).toBe(own?.passage.heading);
    expect(synonym?.score).toBeLessThan(own?.score ?? 0);
  });
});

describe(relevant.name, () => {
  const of = (anchor: string, score: number, coverage: number): RankedPassage[] =>
    passage ? [{ passage: { ...passage, anchor }, score, coverage }] : [];

  it('should take nothing when the best speaks of too little of the question', () => {
    expect(relevant(of('a', 9, MINIMUM_COVERAGE - 0.01), 3)).toEqual([]);
    expect(relevant(of('a', 9, MINIMUM_COVERAGE), 3)).toHaveLength(1);
  });

  it('should leave out what comes nowhere near the best', () => {
    const ranking = [...of('a', 10, 1), ...of('b', 5, 0.1), ...of('c', 1, 1)];
    expect(relevant(ranking, 9).map((each) => each.passage.anchor)).toEqual(['a', 'b']);
  });

  it('should take one passage of a section', () => {
    const ranking = [...of('a', 10, 1), ...of('a', 9, 1), ...of('b', 8, 1)];
    expect(relevant(ranking, 9).map((each) => each.passage.anchor)).toEqual(['a', 'b']);
  });
});
