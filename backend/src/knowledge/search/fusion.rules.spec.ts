import { describe, expect, it } from '@jest/globals';
import { fuse } from './fusion.rules.js';

describe(fuse.name, () => {
  it('should put first what is high in both rankings', () => {
    const fused = fuse([
      [1, 2, 3],
      [4, 2, 1],
    ]);
    expect(fused.map(({ id }) => id)).toEqual([1, 2, 4, 3]);
    expect(fused[0]?.score).toBeCloseTo(1 / 61 + 1 / 63, 10);
  });

  it('should leave a single ranking as it is', () => {
    expect(fuse([[9, 3, 7], []]).map(({ id }) => id)).toEqual([9, 3, 7]);
  });
});
