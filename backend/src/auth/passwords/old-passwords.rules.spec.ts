import { describe, expect, it } from '@jest/globals';
import { verify } from '@node-rs/argon2';
import { hashOldPassword } from './old-passwords.js';
import { isOwnHash, oldPasswordProblem } from './old-passwords.rules.js';
import { hashPassword } from './passwords.js';

const FOREIGN = [
  '$2b$12$C6UzMDM.H6dfI/f/IKcEeO7Zcbq9aIXHsD6sJ5WYyQOIVkRyJCTTu',
  '$argon2i$v=19$m=65536,t=3,p=4$c2FsdHNhbHQ$aGFzaA',
  'pbkdf2:sha256:600000$AbCdEf$0123456789abcdef',
  'pbkdf2_sha256$600000$AbCdEf$0123456789abcdef=',
  'scrypt:32768:8:1$AbCdEf$0123456789abcdef',
  '5f4dcc3b5aa765d61d8327deb882cf99',
  '5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8',
  // Like ours, but each attempt to sign in would take 4 GiB, or minutes.
  '$argon2id$v=19$m=4194304,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$RdescudvJCsgt3ub+b5dWRWJTmaaVwPXdXYu3J1Kx0g',
  '$argon2id$v=19$m=19456,t=4000,p=1$c29tZXNhbHRzb21lc2FsdA$RdescudvJCsgt3ub+b5dWRWJTmaaVwPXdXYu3J1Kx0g',
];

describe(oldPasswordProblem.name, () => {
  it.each(['1', '123', 'senha', 'R$ 10,00', '$$$', 'ção', ' ', '12345678', 'deadbeef'])(
    'should see none in %j',
    (password) => {
      expect(oldPasswordProblem(password)).toBeUndefined();
    },
  );

  it.each([null, ''])('should say that %j is none', (password) => {
    expect(oldPasswordProblem(password)).toBe('had no password');
  });

  it.each(FOREIGN)('should know %s as a hash', (hash) => {
    expect(oldPasswordProblem(hash)).toBe('the password was a hash of another program');
  });

  it('should see one in what is too long to be typed', () => {
    expect(oldPasswordProblem('a '.repeat(512))).toBeUndefined();
    expect(oldPasswordProblem('a '.repeat(513))).toMatch(/longer than any/);
  });
});

describe(hashOldPassword.name, () => {
  it('should hash a password in the form in which it will be typed', async () => {
    const hash = await hashOldPassword('cafe\u0301 ');
    expect(hash).toMatch(/^\$argon2id\$/);
    expect(await verify(hash, 'caf\u00E9 ')).toBe(true);
  });

  it("should keep a hash of Prosa's kind", async () => {
    const hash = await hashPassword('123');
    expect(isOwnHash(hash)).toBe(true);
    expect(await hashOldPassword(hash)).toBe(hash);
  });

  it.each([null, '', ...FOREIGN.slice(0, 1)])('should let nobody in with %j', async (stored) => {
    const hash = await hashOldPassword(stored);
    expect(isOwnHash(hash)).toBe(true);
    expect(await verify(hash, stored ?? '')).toBe(false);
  });
});
