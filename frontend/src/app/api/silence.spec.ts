import { jest } from '@jest/globals';
import { Silence } from './silence';

describe(Silence.name, () => {
  let fell: number;
  let silence: Silence;

  beforeEach(() => {
    jest.useFakeTimers();
    fell = 0;
    silence = new Silence(() => (fell += 1));
  });

  afterEach(() => {
    silence.end();
    jest.useRealTimers();
  });

  it('should be told once, after thirty seconds in which nothing was heard', () => {
    jest.advanceTimersByTime(29_000);
    silence.broken();
    jest.advanceTimersByTime(29_000);
    expect(fell).toBe(0);
    jest.advanceTimersByTime(60_000);
    expect(fell).toBe(1);
  });

  it('should be found right after a sleep in which all timers stood still', () => {
    jest.setSystemTime(Date.now() + 3_600_000);
    expect(fell).toBe(0);
    jest.advanceTimersByTime(5000);
    expect(fell).toBe(1);
  });

  it('should be nothing once the stream has ended', () => {
    silence.end();
    jest.advanceTimersByTime(120_000);
    expect(fell).toBe(0);
  });
});
