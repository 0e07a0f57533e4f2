import { bracketsIn, claimBefore, verdictsOf } from './citation.rules';

describe(bracketsIn.name, () => {
  it('should find single numbers and lists of them, and no others', () => {
    const found = bracketsIn('Um [1], dois [2, 3] e [1;1], mas [9] e [x] não', new Set([1, 2]));
    expect(found.map(({ at, numbers }) => [at, numbers])).toEqual([
      [3, [1]],
      [13, [2, 3]],
      [22, [1]],
    ]);
  });
});

describe(verdictsOf.name, () => {
  it('should give each chip of a number its own verdict, in their order', () => {
    const checks = [
      { n: 1, verdict: 'quoted' },
      { n: 2, verdict: 'supported' },
      { n: 1, verdict: 'misquoted' },
    ] as const;
    expect(verdictsOf([1, 2, 1], checks)).toEqual(['quoted', 'supported', 'misquoted']);
  });

  it('should blame no chip where the server counted others than are shown', () => {
    const checks = [
      { n: 1, verdict: 'quoted' },
      { n: 1, verdict: 'misquoted' },
      { n: 2, verdict: 'unsupported' },
      { n: 2, verdict: 'unsupported' },
    ] as const;
    expect(verdictsOf([1, 2], checks)).toEqual([null, 'unsupported']);
    expect(verdictsOf([3], checks)).toEqual([null]);
  });
});

describe('a very long answer', () => {
  // Counted, for a clock says what the machine is busy with: each check is read a few times at most.
  it.each([0, 1])(
    'should look at each check a fixed number of times (%d more than shown)',
    (more) => {
      let reads = 0;
      const check = {
        n: 1,
        get verdict() {
          reads += 1;
          return 'quoted' as const;
        },
      };
      const shown = Array.from({ length: 2000 }, () => 1);
      const checks = Array.from({ length: 2000 + more }, () => check);
      expect(new Set(verdictsOf(shown, checks))).toEqual(new Set(['quoted']));
      expect(reads).toBeLessThanOrEqual(2 * checks.length);
    },
  );
});

describe(claimBefore.name, () => {
  it.each([
    ['Um fato. Outro fato, com “aspas.” ', 'Outro fato, com “aspas.”'],
    ['Um fato. O segundo.', 'O segundo.'],
    ['Dizem: “Um: dois. E três.” ', '“Um: dois. E três.”'],
    ['Custa R$ 12.500,00 por mês', 'Custa R$ 12.500,00 por mês'],
    ['', ''],
  ])('should take the sentence before the number from %j', (before, claim) => {
    expect(claimBefore(before)).toBe(claim);
  });
});
