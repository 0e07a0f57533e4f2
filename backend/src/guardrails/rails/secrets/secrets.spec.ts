import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { NumberMaker } from '../../../../test/guardrails/generated-numbers.js';
import { MORE_THAN_LINEAR, timesCostlier } from '../../../../test/harness/growth.js';
import { SECRETS_FILE, secretsDetectors, secretsSchema } from './secrets.file.js';

const FOLDER = join(import.meta.dirname, '../../../../rails');
const file = secretsSchema.parse(parse(readFileSync(join(FOLDER, SECRETS_FILE), 'utf8')));
const [detector] = secretsDetectors(file);
if (!detector) throw new Error('no detector');
const find = (text: string) => detector.find(text);

const found = (text: string): string[] =>
  find(text).map(({ rule, start, end }) => `${rule}: ${text.slice(start, end)}`);

/** Signs that a token of a rule may hold and that every set of signs has. */
const SIGNS: Readonly<Record<string, string>> = {
  hex: '0123456789abcdef',
  upper: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789',
  digits: '0123456789',
};
const ANY = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

const FRAMES = [
  (value: string) => `minha chave é ${value} e não funciona`,
  (value: string) => `const key = "${value}";`,
  (value: string) => `curl -H 'X-Key: ${value}' https://api.example.org`,
  (value: string) => `${value}\nquem pode trocar?`,
];

describe('tokens of services', () => {
  const make = new NumberMaker(20261123);
  const token = (signs: string, length: number): string =>
    Array.from({ length }, () => make.oneOf([...(SIGNS[signs] ?? ANY)])).join('');
  const cases = file.tokens.flatMap(({ id, prefixes, words, signs, length: [least] }) =>
    Array.from({ length: 8 }, () => {
      const prefix = prefixes.length > 0 ? make.oneOf(prefixes) : '';
      const said = prefixes.length > 0 ? '' : `${make.oneOf(words)} `;
      const value = prefix + token(signs, least);
      const frame = make.oneOf(FRAMES);
      return { id, value, text: said + frame(value) };
    }),
  );

  it('should be found, 98 of 100 at least', () => {
    const missed = cases.filter(
      ({ text, value }) =>
        !find(text).some(({ start, end }) => text.slice(start, end).includes(value.slice(0, -1))),
    );
    expect(1 - missed.length / cases.length).toBeGreaterThanOrEqual(0.98);
  });

  it('should be told from hashes, ids and prose, 99 of 100 at least', () => {
    const harmless = Array.from({ length: cases.length }, () => make.oneOf(HARMLESS)(make, token));
    const wrong = harmless.filter((text) => find(text).length > 0);
    expect(wrong.slice(0, 5)).toEqual([]);
  });
});

type Token = (signs: string, length: number) => string;

const HARMLESS: readonly ((make: NumberMaker, token: Token) => string)[] = [
  (_, token) => `commit ${token('hex', 40)} quebrou o teste`,
  (_, token) => `sha256 do arquivo: ${token('hex', 64)}`,
  (_, token) => `md5 ${token('hex', 32)} confere`,
  (_, token) =>
    `id ${token('hex', 8)}-${token('hex', 4)}-${token('hex', 4)}-${token('hex', 4)}-${token('hex', 12)}`,
  (_, token) => `![figura](data:image/png;base64,${token('any', 600)})`,
  (make) => `o processo ${make.digits(20)} foi arquivado`,
  (_, token) => `veja https://exemplo.com.br/p/${token('any', 12)}?ref=${token('any', 8)}`,
  () => 'A senha deve ter 8 caracteres, letras e números.',
  () => 'Senha: use uma frase longa que só você conheça.',
  () => 'const token = await fetchToken(process.env.API_TOKEN);',
  () => 'password = os.environ["DB_PASSWORD"]',
  () => 'api_key: <sua chave aqui>',
  () => 'export OPENAI_API_KEY=sk-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
  () => 'postgres://usuario:senha@localhost/banco',
];

describe('forms without a list', () => {
  const jwt = [
    'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9',
    'eyJzdWIiOiI4NzQzIiwibmFtZSI6IkFuYSJ9',
    'k7Vb2nXq9LtRw4Yc8Zs1Hd5Jf3Gm6Pa0Qe',
  ].join('.');

  it.each([
    ['a senha do wifi é Gato#2024', ['password: Gato#2024']],
    ['senha: 482913', ['password: 482913']],
    ['DB_PASSWORD="t0ps3cr3t!"', ['password: t0ps3cr3t!']],
    ['client_secret=9fK2mQ7xV4bN8wR1tY6z', ['secret: 9fK2mQ7xV4bN8wR1tY6z']],
    [
      'use postgres://app:S3nh4-forte@db.local:5432/app.',
      ['address-with-password: postgres://app:S3nh4-forte@db.local:5432/app'],
    ],
    [`Authorization: Bearer ${jwt}`, [`jwt: ${jwt}`]],
  ])('should find %s', (text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  it('should find a whole private key', () => {
    const body = `${'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSj\n'.repeat(20)}`;
    const key = `-----BEGIN PRIVATE KEY-----\n${body}-----END PRIVATE KEY-----`;
    expect(found(`segue\n${key}\nfim`)).toEqual([`private-key: ${key}`]);
    expect(found('-----BEGIN PUBLIC KEY-----\nMIIBIjANBg\n-----END PUBLIC KEY-----')).toEqual([]);
  });

  it('should leave what documentations name as examples', () => {
    expect(found('AKIAIOSFODNN7EXAMPLE e AKIAQ3EGRT5WZX7YBN2D')).toEqual([
      'aws-access-key: AKIAQ3EGRT5WZX7YBN2D',
    ]);
  });

  it('should let pass a form that is switched off', () => {
    const [without] = secretsDetectors({ ...file, forms: { password: false } });
    expect(without?.find('senha: Gato#2024')).toEqual([]);
  });
});

describe('the file of secrets', () => {
  it('should refuse a rule that would find every long word', () => {
    const rule = { id: 'all', signs: 'base62', length: [8, 40] };
    expect(secretsSchema.safeParse({ tokens: [rule] }).success).toBe(false);
  });
});

describe('the time secrets take', () => {
  it.each(['a ', 'eyJ.', 'senha: ', '://', 'aws/a/', '-----BEGIN PRIVATE KEY-----', 'sk-', 'sig='])(
    'should be linear on many %j',
    (part) => {
      expect(timesCostlier((size) => find(part.repeat(size)), 2000)).toBeLessThan(MORE_THAN_LINEAR);
    },
  );
});
