import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EnvError, loadEnv } from './load-env.js';

describe(loadEnv.name, () => {
  let folder: string;
  let file: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'prosa-env-'));
    file = join(folder, 'secret');
    writeFileSync(file, 'mariadb://prosa:password@db/prosa\n');
  });

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('should read a secret from its file, without the newline at its end', () => {
    const env = loadEnv({ DATABASE_URL_FILE: file });
    expect(env.DATABASE_URL).toBe('mariadb://prosa:password@db/prosa');
  });

  it('should read the file where the variable itself is empty', () => {
    const env = loadEnv({ DATABASE_URL: '', DATABASE_URL_FILE: file });
    expect(env.DATABASE_URL).toBe('mariadb://prosa:password@db/prosa');
  });

  it('should prefer the variable itself', () => {
    expect(loadEnv({ DATABASE_URL: 'file:a', DATABASE_URL_FILE: file }).DATABASE_URL).toBe(
      'file:a',
    );
  });

  it('should name a file that cannot be read', () => {
    const missing = join(folder, 'missing');
    expect(() => loadEnv({ JWT_SECRET_FILE: missing })).toThrow(
      new EnvError(`JWT_SECRET_FILE: cannot read ${missing}`),
    );
  });

  it('should read no file for what is no secret', () => {
    expect(loadEnv({ PUBLIC_URL_FILE: file }).PUBLIC_URL).toBeUndefined();
  });

  it('should know the time zones of the IANA database, and nothing else', () => {
    expect(loadEnv({}).TIME_ZONE).toBe('America/Sao_Paulo');
    expect(loadEnv({ TIME_ZONE: 'Asia/Kolkata' }).TIME_ZONE).toBe('Asia/Kolkata');
    for (const TIME_ZONE of ['Brasilia', '+03:00', '-3', 'America/Sao Paulo']) {
      expect(() => loadEnv({ TIME_ZONE })).toThrow(/TIME_ZONE.*America\/Sao_Paulo/);
    }
  });
});
