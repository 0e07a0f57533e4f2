import { describe, expect, it } from '@jest/globals';
import { commitsOf, type Due } from './checkpoint.rules.js';

const STANDING = { route: 'direct', reason: 'default', sources: [] } as const;

const due = (run: string, text: string, seq = 1, start = 0): Due<string> => ({
  run,
  unstored: { part: { seq, start, text }, standing: STANDING },
});

const texts = (commits: readonly (readonly Due<string>[])[]) =>
  commits.map((commit) => commit.map(({ run, unstored }) => `${run}:${unstored.part.text}`));

describe(commitsOf.name, () => {
  it('should make one commit of what has room in one', () => {
    expect(commitsOf([due('a', 'um '), due('b', 'dois')], 7)).toEqual([
      [due('a', 'um '), due('b', 'dois')],
    ]);
    expect(commitsOf([], 7)).toEqual([]);
  });

  it('should begin another commit where one is full', () => {
    const all = [due('a', '1234'), due('b', '5678'), due('c', '9')];
    expect(texts(commitsOf(all, 4))).toEqual([['a:1234'], ['b:5678'], ['c:9']]);
  });

  it('should cut a long text into parts that follow each other', () => {
    const commits = commitsOf([due('a', 'xy'), due('b', '0123456789', 7, 100)], 4);
    expect(texts(commits)).toEqual([['a:xy', 'b:01'], ['b:2345'], ['b:6789']]);
    expect(
      commits
        .flat()
        .slice(1)
        .map(({ unstored }) => unstored),
    ).toEqual([
      { part: { seq: 7, start: 100, text: '01' }, standing: STANDING },
      { part: { seq: 8, start: 102, text: '2345' }, standing: undefined },
      { part: { seq: 9, start: 106, text: '6789' }, standing: undefined },
    ]);
  });

  it('should never cut a character in two', () => {
    expect(texts(commitsOf([due('a', 'x😀😀y')], 2))).toEqual([
      ['a:x'],
      ['a:😀'],
      ['a:😀'],
      ['a:y'],
    ]);
  });
});
