import { branchPoint } from './branch-point.rules';

const BEGUN = '2026-11-21T18:00:00.000Z';
const copied = (key: string) => ({ key, createdAt: '2026-11-20T09:00:00.000Z' });
const own = (key: string) => ({ key, createdAt: '2026-11-21T18:00:00.001Z' });

describe(branchPoint.name, () => {
  it('should be the last post that is older than the conversation', () => {
    expect(branchPoint([copied('a'), copied('b'), own('c'), own('d')], BEGUN, false)).toBe('b');
    expect(branchPoint([copied('a'), copied('b')], BEGUN, false)).toBe('b');
  });

  it('should not be where the posts shown merely end', () => {
    expect(branchPoint([copied('a')], BEGUN, true)).toBeNull();
    expect(branchPoint([copied('a'), own('b')], BEGUN, true)).toBe('a');
  });

  it('should be nowhere among posts that were all asked here', () => {
    expect(branchPoint([own('a')], BEGUN, false)).toBeNull();
    expect(branchPoint([], BEGUN, false)).toBeNull();
  });
});
