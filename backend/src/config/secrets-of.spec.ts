import { describe, expect, it } from '@jest/globals';
import { loadEnv } from './load-env.js';
import { secretsOf } from './secrets-of.js';

describe(secretsOf.name, () => {
  it('should find what the schema calls a secret', () => {
    const env = loadEnv({ OPENAI_API_KEY: 'sk-1', AWS_SECRET_ACCESS_KEY: 'aws', PORT: '3000' });
    expect(secretsOf(env)).toEqual(['sk-1', 'aws']);
  });

  it('should find the password of the database, as it is written and as it is', () => {
    const env = loadEnv({ DATABASE_URL: 'mariadb://prosa:p%40ss%2Fword@db.example.com/prosa' });
    expect(secretsOf(env)).toEqual(['p%40ss%2Fword', 'p@ss/word']);
  });

  it('should find none in an address without a password', () => {
    expect(secretsOf(loadEnv({ DATABASE_URL: 'file:prosa.db' }))).toEqual([]);
    expect(secretsOf(loadEnv({}))).toEqual([]);
  });
});
