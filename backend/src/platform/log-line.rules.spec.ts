import { describe, expect, it } from '@jest/globals';
import { loggedForms, safeLine } from './log-line.rules.js';

describe(safeLine.name, () => {
  const line = (msg: string) => `${JSON.stringify({ level: 30, time: 1234567890, msg })}\n`;
  const read = (text: string, secrets: readonly string[]) =>
    (JSON.parse(safeLine(line(text), loggedForms(secrets))) as { msg: string }).msg;

  it('should leave an ordinary line as it is', () => {
    expect(safeLine(line('olá "você" \n'), [])).toBe(line('olá "você" \n'));
  });

  it('should leave out secrets, also where JSON escapes them', () => {
    expect(read('key sk-12345678!', ['sk-12345678'])).toBe('key [secret]!');
    expect(read('a"b\\c/d\n12345 and more', ['a"b\\c/d\n12345'])).toBe('[secret] and more');
  });

  it('should leave out the whole of a secret that holds another', () => {
    expect(read('abcdefgh-long', ['abcdefgh', 'abcdefgh-long'])).toBe('[secret]');
  });

  it('should not take ordinary words and numbers for secrets', () => {
    expect(read('a message', ['a', 'message', '1234567890'])).toBe('a message');
    expect(safeLine(line('x'), loggedForms(['1234567890']))).toBe(line('x'));
  });

  it('should escape what ends a line or commands a terminal, and lose nothing of it', () => {
    const text = 'a\u2028b\u2029c\u007fd\u0085e\u009b31m';
    const safe = safeLine(line(text), []);
    expect(safe.slice(0, -1)).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
    expect((JSON.parse(safe) as { msg: string }).msg).toBe(text);
  });
});
