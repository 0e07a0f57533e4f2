import { describe, expect, it } from '@jest/globals';
import { addressKey, SignInThrottle } from './sign-in-throttle.rules.js';

const ana = { username: 'ana', address: '203.0.113.7' };

const fail = (throttle: SignInThrottle, attempt: typeof ana, times: number) => {
  for (let time = 0; time < times; time += 1) {
    throttle.begin(attempt, time);
  }
};

describe(SignInThrottle.name, () => {
  it('should pause an account after ten failures, from wherever they came', () => {
    const throttle = new SignInThrottle();
    for (let n = 0; n < 10; n += 1) {
      expect(throttle.secondsToWait(ana, n)).toBe(0);
      throttle.begin({ ...ana, address: `203.0.113.${String(n)}` }, n);
    }
    expect(throttle.secondsToWait({ ...ana, address: '198.51.100.1' }, 10)).toBe(900);
    expect(throttle.secondsToWait({ ...ana, username: 'bia' }, 10)).toBe(0);
  });

  it('should pause an address after fifty failures, on whichever accounts', () => {
    const throttle = new SignInThrottle();
    for (let n = 0; n < 50; n += 1) {
      throttle.begin({ ...ana, username: `person-${String(n)}` }, n);
    }
    expect(throttle.secondsToWait({ ...ana, username: 'new' }, 50)).toBe(900);
    expect(throttle.secondsToWait({ ...ana, address: '203.0.113.8' }, 50)).toBe(0);
  });

  it('should count a device its owner knows for itself', () => {
    const throttle = new SignInThrottle();
    fail(throttle, ana, 10);
    const known = { ...ana, knownDevice: 'session-1' };
    expect(throttle.secondsToWait(known, 10)).toBe(0);
    fail(throttle, known, 10);
    expect(throttle.secondsToWait(known, 10)).toBeGreaterThan(0);
    expect(throttle.secondsToWait({ ...known, knownDevice: 'session-2' }, 10)).toBe(0);
  });

  it('should forget an account after a success, and of the address only that attempt', () => {
    const throttle = new SignInThrottle();
    fail(throttle, ana, 9);
    fail(throttle, { ...ana, username: 'bia' }, 9);
    throttle.begin(ana, 100);
    throttle.succeed(ana, 100);
    fail(throttle, ana, 9);
    expect(throttle.secondsToWait(ana, 101)).toBe(0);
    for (let n = 0; n < 22; n += 1) {
      throttle.begin({ ...ana, username: `person-${String(n)}` }, 102);
    }
    const stranger = { ...ana, username: 'new' };
    expect(throttle.secondsToWait(stranger, 103)).toBe(0);
    throttle.begin(stranger, 103);
    expect(throttle.secondsToWait({ ...ana, username: 'newer' }, 104)).toBeGreaterThan(0);
  });
});

describe(addressKey.name, () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:0db8:0001:0002::9', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
  ])('should count %s under %s', (address, key) => {
    expect(addressKey(address)).toBe(key);
  });
});
