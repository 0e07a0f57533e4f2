import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

const SCRIPT = join(import.meta.dirname, '../secrets.mjs');

describe('secrets.mjs', () => {
  let folder: string;
  let environment: Record<string, string | undefined>;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'prosa-secrets-'));
    mkdirSync(join(folder, 'db'));
    mkdirSync(join(folder, 'backend'));
    environment = {
      PATH: process.env['PATH'],
      DB_SECRETS: join(folder, 'db'),
      BACKEND_SECRETS: join(folder, 'backend'),
    };
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const run = () => spawnSync(process.execPath, [SCRIPT], { env: environment, encoding: 'utf8' });
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  const all = () =>
    ['db/password', 'db/root-password', 'backend/jwt-secret', 'backend/database-url'].map(read);

  it('should make each secret once, and keep it', () => {
    expect(run().status).toBe(0);
    const first = all();
    expect(first.slice(0, 3).every((secret) => /^[\w-]{43}$/.test(secret))).toBe(true);
    expect(new Set(first).size).toBe(4);
    expect(read('backend/database-url')).toBe(
      `mariadb://prosa:${read('db/password')}@db:3306/prosa`,
    );
    expect(run()).toMatchObject({ status: 0, stdout: '', stderr: '' });
    expect(all()).toEqual(first);
  });

  it('should show none of them, to nobody but who needs it', () => {
    const { stdout, stderr } = run();
    for (const secret of all()) {
      expect(stdout + stderr).not.toContain(secret);
    }
    const mode = (name: string) => (statSync(join(folder, name)).mode & 0o777).toString(8);
    expect(mode('backend/jwt-secret')).toBe('400');
    expect(mode('backend/database-url')).toBe('400');
    expect(mode('db/password')).toBe('440');
    expect(mode('db/root-password')).toBe('440');
  });

  it('should make what is missing of what an earlier start left', () => {
    run();
    const password = read('db/password');
    rmSync(join(folder, 'backend/database-url'));
    rmSync(join(folder, 'backend/jwt-secret'));
    expect(run().status).toBe(0);
    expect(read('db/password')).toBe(password);
    expect(read('backend/database-url')).toContain(`:${password}@`);
  });

  it('should agree with another that runs at the same time', async () => {
    const codes = await Promise.all(
      Array.from({ length: 6 }, async () => {
        const child = spawn(process.execPath, [SCRIPT], { env: environment });
        const [code] = (await once(child, 'exit')) as [number];
        return code;
      }),
    );
    expect(codes).toEqual(Array(6).fill(0));
    expect(read('backend/database-url')).toContain(`:${read('db/password')}@`);
    expect(readdirSync(join(folder, 'db')).sort()).toEqual(['password', 'root-password']);
    expect(readdirSync(join(folder, 'backend')).sort()).toEqual([
      'database-url',
      'jwt-secret',
      'masking-key',
    ]);
  });

  it('should say what is wrong when a folder is not there', () => {
    rmSync(join(folder, 'db'), { recursive: true });
    const { status, stderr } = run();
    expect(status).toBe(1);
    expect(stderr).toContain('DB_SECRETS');
    expect(stderr).toContain(join(folder, 'db'));
  });
});
