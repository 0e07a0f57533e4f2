import { describe, expect, it } from '@jest/globals';
import { AttemptWindow } from './attempt-window.rules.js';

describe(AttemptWindow.name, () => {
  it('should make the key wait until its oldest counted attempt is a window old', () => {
    const window = new AttemptWindow(3, 60_000);
    [0, 10_000, 20_000].forEach((time) => window.record('ana', time));
    expect(window.secondsToWait('ana', 20_000)).toBe(40);
    expect(window.secondsToWait('ana', 59_999)).toBe(1);
    expect(window.secondsToWait('ana', 60_000)).toBe(0);
    expect(window.secondsToWait('bia', 20_000)).toBe(0);
  });

  it('should slide: attempts at the end of one window count in the next', () => {
    const window = new AttemptWindow(3, 60_000);
    [0, 58_000, 59_000, 61_000].forEach((time) => window.record('ana', time));
    expect(window.secondsToWait('ana', 61_000)).toBe(57);
  });

  it('should take back the one attempt that was none', () => {
    const window = new AttemptWindow(2, 60_000);
    [1, 2].forEach((time) => window.record('ana', time));
    window.takeBack('ana', 2);
    expect(window.secondsToWait('ana', 3)).toBe(0);
    window.takeBack('ana', 1);
    expect(window.size).toBe(0);
  });

  it('should stay small under a flood of keys and keep those touched last', () => {
    const window = new AttemptWindow(1, 60_000, 100);
    for (let key = 0; key < 10_000; key += 1) {
      window.record(`unknown-${String(key)}`, key);
      window.record('ana', key);
    }
    expect(window.size).toBe(100);
    expect(window.secondsToWait('ana', 10_000)).toBeGreaterThan(0);
  });
});
