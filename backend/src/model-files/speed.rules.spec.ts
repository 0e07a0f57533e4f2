import { describe, expect, it } from '@jest/globals';
import { Speed } from './speed.rules.js';

describe(Speed.name, () => {
  it('should say how much came a second, of the last seconds', () => {
    const speed = new Speed();
    expect(speed.at(0)).toBe(0);
    speed.add(0, 0);
    expect(speed.at(0)).toBe(0);
    for (let second = 1; second <= 10; second += 1) speed.add(second * 100, second * 1000);
    expect(speed.at(10_000)).toBe(100);
    for (let second = 11; second <= 20; second += 1) {
      speed.add(1000 + (second - 10) * 500, second * 1000);
    }
    expect(speed.at(20_000)).toBe(500);
  });

  it('should slow down where nothing comes any more', () => {
    const speed = new Speed();
    speed.add(0, 0);
    speed.add(1000, 1000);
    expect(speed.at(1000)).toBe(1000);
    expect(speed.at(10_000)).toBeLessThan(150);
  });

  it('should begin anew where the download does', () => {
    const speed = new Speed();
    speed.add(5_000_000, 0);
    speed.add(0, 1000);
    speed.add(100, 2000);
    expect(speed.at(2000)).toBe(100);
  });
});
