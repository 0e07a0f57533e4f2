import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Progress } from './progress.js';

describe(Progress.name, () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('should tell every two seconds how much is done and how long the rest will take', () => {
    const said: string[] = [];
    const progress = new Progress('passwords hashed', 10_000, (line) => void said.push(line));
    for (let batch = 0; batch < 5; batch += 1) {
      jest.advanceTimersByTime(1000);
      progress.add(50);
    }
    expect(said).toEqual([
      '  100 of 10,000 passwords hashed, about 3 min left',
      '  200 of 10,000 passwords hashed, about 3 min left',
    ]);
  });

  it('should tell the end, and nothing where there was nothing to do', () => {
    const said: string[] = [];
    const progress = new Progress('posts', 3, (line) => void said.push(line));
    progress.add(3);
    progress.end();
    new Progress('posts', 0, (line) => void said.push(line)).end();
    expect(said).toEqual(['  3 of 3 posts in 1 s']);
  });
});
