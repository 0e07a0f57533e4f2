import { drawnRows, type DrawWish, seenStretch, topOf } from './drawn-rows.rules';

const ROW = 100;
const wish = (change: Partial<DrawWish> = {}): DrawWish => ({
  heights: Array<number>(100).fill(ROW),
  seen: { from: 5000, to: 5400 },
  drawn: new Set(),
  kept: new Set(),
  atEnd: false,
  ...change,
});
const indexes = (some: DrawWish): number[] => drawnRows(some).rows.map(({ index }) => index);

/** What is drawn after as many frames as it takes. */
function drawnAtLast(some: DrawWish): ReturnType<typeof drawnRows> {
  let result = drawnRows(some);
  while (!result.complete) {
    result = drawnRows({ ...some, drawn: new Set(result.rows.map(({ index }) => index)) });
  }
  return result;
}

describe(drawnRows.name, () => {
  it('should draw one row at a time, what is seen first and from its top', () => {
    expect(indexes(wish())).toEqual([50]);
    expect(indexes(wish({ drawn: new Set([50, 51]) }))).toEqual([50, 51, 52]);
    expect(indexes(wish({ drawn: new Set([50, 51, 52, 53]) }))).toEqual([49, 50, 51, 52, 53]);
    expect(drawnRows(wish()).complete).toBe(false);
    expect(indexes(wish({ drawn: new Set([49, 50, 51, 52, 53, 54]) }))).toHaveLength(7);
    expect(drawnAtLast(wish()).rows.map(({ index }) => index)).toEqual([
      46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57,
    ]);
  });

  it('should draw from the end where one looks at the end', () => {
    const end = wish({ seen: { from: 9600, to: 10_000 }, atEnd: true });
    expect(indexes(end)).toEqual([99]);
    expect(indexes({ ...end, drawn: new Set([98, 99]) })).toEqual([97, 98, 99]);
  });

  it('should be as high as all rows together', () => {
    const { rows, after } = drawnRows(wish({ kept: new Set([3]) }));
    const gaps = rows.reduce((sum, { gap }) => sum + gap, 0);
    expect(gaps + rows.length * ROW + after).toBe(100 * ROW);
    expect(rows[0]).toEqual({ index: 3, gap: 300 });
    expect(rows[1]).toEqual({ index: 50, gap: 4600 });
  });

  it('should leave a row in the page until it is far away', () => {
    expect(indexes(wish({ drawn: new Set([43, 61]) }))).toEqual(
      expect.arrayContaining([43, 61]) as number[],
    );
    expect(indexes(wish({ drawn: new Set([20, 80]) }))).not.toContain(20);
  });

  it('should draw a row that is higher than the screen, and none of an empty list', () => {
    expect(indexes(wish({ heights: [40_000], seen: { from: 20_000, to: 20_400 } }))).toEqual([0]);
    expect(drawnRows(wish({ heights: [] }))).toEqual({ rows: [], after: 0, complete: true });
  });
});

describe(topOf.name, () => {
  it('should add up what is before', () => {
    expect(topOf([10, 20, 30], 0)).toBe(0);
    expect(topOf([10, 20, 30], 2)).toBe(30);
    expect(topOf([10, 20, 30], 3)).toBe(60);
  });
});

describe(seenStretch.name, () => {
  const heights = [100, 200, 300];
  const looking = {
    viewport: 150,
    atEnd: false,
    places: [
      { key: 'gone', top: 0 },
      { key: 'b', top: 20 },
    ],
    indexOf: new Map([
      ['a', 0],
      ['b', 1],
      ['c', 2],
    ]),
    scrolled: 42,
  };

  it('should go by the first row that is still there', () => {
    expect(seenStretch(heights, looking)).toEqual({ from: 80, to: 230 });
  });

  it('should go by the scrolling where no row is known', () => {
    expect(seenStretch(heights, { ...looking, places: [] })).toEqual({ from: 42, to: 192 });
  });

  it('should be the last screen at the end', () => {
    expect(seenStretch(heights, { ...looking, atEnd: true })).toEqual({ from: 450, to: 600 });
  });
});
