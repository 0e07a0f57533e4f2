import { MORE_THAN_LINEAR, timesCostlier } from '../../test/harness/growth.js';
import { describe, expect, it } from '@jest/globals';
import { withoutSecrets } from './hidden-secrets.rules.js';

describe(withoutSecrets.name, () => {
  it.each([
    ['sk-proj-abcdefghij0123456789', '[secret]'],
    ['use lsv2_pt_0123456789abcdef now', 'use [secret] now'],
    ['ghp_0123456789abcdefghij', '[secret]'],
    ['AKIAIOSFODNN7EXAMPLE', '[secret]'],
    ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc-def_123', '[secret]'],
    ['Authorization: Bearer abcdefghijklmnop', 'Authorization: Bearer [secret]'],
    ['authorization: Basic dXNlcjpwYXNzd29yZA==', 'authorization: Basic [secret]'],
    ['Cookie: sid=abcdef; other', 'Cookie: [secret]; other'],
    ['{"password":"hunter22","n":1}', '{"password":"[secret]","n":1}'],
    ['senha = coração9', 'senha = [secret]'],
    ['API_KEY=abc123def', 'API_KEY=[secret]'],
    ['mariadb://prosa:p%40ss@db/prosa', 'mariadb://prosa:[secret]@db/prosa'],
    [
      '-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4\n\nMII\n-----END RSA PRIVATE KEY-----',
      '[secret]',
    ],
  ])('should mask %j', (text, masked) => {
    expect(withoutSecrets(text, [])).toBe(masked);
  });

  it.each([
    'A senha foi trocada ontem; o token expirou.',
    'How do I reset my password?',
    'https://example.com:8080/a?b=c@d',
    'the skeleton key; eyJust so',
    'Basic English is a controlled language.',
  ])('should leave %j as it is', (text) => {
    expect(withoutSecrets(text, [])).toBe(text);
  });

  it('should mask the installation’s own secrets, whatever they look like', () => {
    expect(withoutSecrets('é um cavalo amarelo, não?', ['um cavalo amarelo'])).toBe(
      'é [secret], não?',
    );
    expect(withoutSecrets('a short one', ['short'])).toBe('a short one');
  });

  it.each([
    ['eyJ-'],
    ['-----BEGIN A PRIVATE KEY'],
    ['sk-a.'],
    ['-----BEGIN PRIVATE KEY-----'],
    ['a://b:'],
    ['password: '],
    ['bearer '],
    ['token=x'],
  ])('should take linear time on %j, 200,000 characters of it', (part) => {
    const work = (size: number) => withoutSecrets(part.repeat(size / part.length), []);
    expect(timesCostlier(work, 12_500)).toBeLessThan(MORE_THAN_LINEAR);
  });
});
