import { describe, expect, it } from '@jest/globals';
import { commonPasswords } from './common-passwords.js';
import { normalPassword, requireGoodPassword } from './password-policy.rules.js';

describe(requireGoodPassword.name, () => {
  const common = new Set(['baseball', 'senha123']);

  it.each([
    ['1234567', 'USER.PASSWORD_TOO_SHORT'],
    ['😀'.repeat(7), 'USER.PASSWORD_TOO_SHORT'],
    ['a'.repeat(257), 'USER.PASSWORD_TOO_LONG'],
    ['baseball', 'USER.PASSWORD_TOO_COMMON'],
    ['BaseBall', 'USER.PASSWORD_TOO_COMMON'],
    ['ｓｅｎｈａ１２３', 'USER.PASSWORD_TOO_COMMON'],
    ['Ana.Luiza', 'USER.PASSWORD_TOO_COMMON'],
  ])('should refuse %j with %s', (password, code) => {
    expect(() => requireGoodPassword(password, 'ana.luiza', common)).toThrow(code);
  });

  it.each(['correct horse battery', '8 letras', 'a'.repeat(256), '        x', 'nul\u0000inside'])(
    'should accept %j, whatever its characters',
    (password) => {
      expect(() => requireGoodPassword(password, 'ana.luiza', common)).not.toThrow();
    },
  );
});

describe(normalPassword.name, () => {
  it('should bring both ways to type an accent to the same form', () => {
    expect(normalPassword('corac\u0327a\u0303o')).toBe(normalPassword('coração'));
  });

  it('should keep what cannot be seen', () => {
    expect(normalPassword(' a\u0000b ')).toBe(' a\u0000b ');
  });
});

describe(commonPasswords.name, () => {
  it('should hold the 3,000 most common that the policy would accept, and Portuguese ones', async () => {
    const common = await commonPasswords();
    expect(common.size).toBeGreaterThanOrEqual(3000);
    for (const password of ['password', '12345678', 'qwertyuiop', 'senha123', 'flamengo']) {
      expect(common).toContain(password);
    }
    expect([...common].filter((password) => password !== password.toLowerCase())).toEqual([]);
  });
});
