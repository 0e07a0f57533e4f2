import { describe, expect, it } from '@jest/globals';
import { trustProxy } from './trust-proxy.rules.js';

describe(trustProxy.name, () => {
  it('should believe nobody unless told to', () => {
    expect(trustProxy(undefined)).toBe(false);
  });

  it('should believe as many hops as told, counted from here', () => {
    const trusted = trustProxy('2');
    const hops = [0, 1, 2, 3].map((hop) =>
      typeof trusted === 'function' ? trusted('10.0.0.1', hop) : undefined,
    );
    expect(hops).toEqual([true, true, false, false]);
  });

  it('should believe no hop for 0', () => {
    const trusted = trustProxy('0');
    expect(typeof trusted === 'function' && trusted('10.0.0.1', 0)).toBe(false);
  });

  it('should believe the addresses and networks it is given', () => {
    expect(trustProxy('10.0.0.0/8, 192.168.1.1')).toEqual(['10.0.0.0/8', '192.168.1.1']);
  });
});
