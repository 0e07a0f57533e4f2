import { describe, expect, it } from '@jest/globals';
import { isFromThisMachine, isSetupCode, setupCode } from './setup-access.rules.js';

describe(isFromThisMachine.name, () => {
  const local = { socketAddress: '127.0.0.1', host: 'localhost:3000', headers: {} };

  it.each([
    local,
    { ...local, socketAddress: '::1', host: '[::1]:3000' },
    { ...local, socketAddress: '::ffff:127.0.0.1', host: '127.0.0.1' },
  ])('should believe %j', (source) => {
    expect(isFromThisMachine(source)).toBe(true);
  });

  it.each([
    { ...local, socketAddress: '192.168.0.7' },
    { ...local, socketAddress: '::ffff:10.0.0.1' },
    { ...local, socketAddress: undefined },
    { ...local, host: 'rebound.evil.test:3000' },
    { ...local, host: 'localhost.evil.test' },
    { ...local, host: undefined },
    { ...local, headers: { 'x-forwarded-for': '127.0.0.1' } },
    { ...local, headers: { forwarded: 'for=127.0.0.1' } },
    { ...local, headers: { 'x-real-ip': '' } },
  ])('should not believe %j', (source) => {
    expect(isFromThisMachine(source)).toBe(false);
  });
});

describe(setupCode.name, () => {
  it('should be readable and hold sixty random bits', () => {
    expect(setupCode(new Uint8Array(12))).toBe('0000-0000-0000');
    expect(setupCode(Uint8Array.from({ length: 12 }, (_, n) => 255 - n))).toMatch(
      /^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/,
    );
  });
});

describe(isSetupCode.name, () => {
  it.each(['AB12-CD34-EF56', 'ab12cd34ef56', ' ab12 cd34 ef56 '])('should accept %j', (typed) => {
    expect(isSetupCode(typed, 'AB12-CD34-EF56')).toBe(true);
  });

  it.each(['', 'AB12-CD34-EF57', 'AB12-CD34', 'AB12-CD34-EF56-'.repeat(2)])(
    'should refuse %j',
    (typed) => {
      expect(isSetupCode(typed, 'AB12-CD34-EF56')).toBe(false);
    },
  );

  it('should take an operator’s own token literally', () => {
    expect(isSetupCode('a-long-code-of-your-own', 'a-long-code-of-your-own')).toBe(true);
    expect(isSetupCode('A-LONG-CODE-OF-YOUR-OWN', 'a-long-code-of-your-own')).toBe(false);
  });
});
