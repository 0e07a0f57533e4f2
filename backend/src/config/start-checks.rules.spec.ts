import { describe, expect, it } from '@jest/globals';
import { EnvError, loadEnv } from './load-env.js';
import { settingProblems } from './start-checks.rules.js';

const SECRET = 'one good secret of thirty-two bytes!';
const OTHER = 'another good one, of thirty-two bytes';
const MASKING = 'a third good one, of thirty-two bytes!';
const SERVER = 'mariadb://prosa:a%20long%20one@db/prosa';
const production = { NODE_ENV: 'production', PORT: 3000 };

describe(settingProblems.name, () => {
  it('should find nothing in what a person needs to try Prosa', () => {
    expect(settingProblems({ PORT: 3000 })).toEqual([]);
    expect(settingProblems({ PORT: 3000, DATABASE_URL: 'mariadb://root:root@db/prosa' })).toEqual(
      [],
    );
  });

  it('should find nothing in production when the secrets are there', () => {
    expect(settingProblems(production)).toEqual([]);
    const own = { JWT_SECRET: SECRET, MASKING_KEY: MASKING, SERVICE_TOKEN: OTHER };
    const env = { ...production, DATABASE_URL: SERVER, ...own };
    expect(settingProblems(env)).toEqual([]);
  });

  it.each([SERVER, 'postgres://prosa:a%20long%20one@db/prosa'])(
    'should want the secrets from outside for %s in production',
    (url) => {
      const env = { ...production, DATABASE_URL: url };
      expect(settingProblems(env)).toEqual([
        expect.stringMatching(/^JWT_SECRET: must be set/),
        expect.stringMatching(/^MASKING_KEY: must be set/),
      ]);
    },
  );

  it('should want none for a file, which one process has', () => {
    expect(settingProblems({ ...production, DATABASE_URL: 'file:/data/prosa.db' })).toEqual([]);
  });

  it.each(['root', 'changeme', 'Password', 'prosa'])(
    'should refuse %s as the password of a database in production',
    (password) => {
      const url = `mariadb://prosa:${password}@db/prosa`;
      const own = { JWT_SECRET: SECRET, MASKING_KEY: MASKING };
      const env = { ...production, DATABASE_URL: url, ...own };
      expect(settingProblems(env)).toEqual([expect.stringMatching(/^DATABASE_URL: its password/)]);
    },
  );

  it.each(['JWT_SECRET', 'MASKING_KEY', 'SERVICE_TOKEN', 'METRICS_TOKEN', 'SETUP_TOKEN'])(
    'should refuse a %s of one letter in production',
    (name) => {
      const problems = settingProblems({ ...production, [name]: 'a'.repeat(64) });
      expect(problems).toEqual([expect.stringMatching(`^${name}: is too easy`)]);
    },
  );

  it('should refuse one secret for two doors, anywhere', () => {
    const env = { PORT: 3000, JWT_SECRET: SECRET, SERVICE_TOKEN: SECRET };
    expect(settingProblems(env)).toEqual([
      expect.stringMatching(/^SERVICE_TOKEN: is the same as JWT_SECRET/),
    ]);
  });

  it('should refuse the metrics a port that is taken', () => {
    expect(settingProblems({ PORT: 3000, METRICS_PORT: 3000 })).toHaveLength(1);
    expect(settingProblems({ PORT: 0, METRICS_PORT: 0 })).toEqual([]);
  });

  it('should keep Prosa from starting, with every problem named', () => {
    const twice = { JWT_SECRET: 'a'.repeat(40), SERVICE_TOKEN: 'a'.repeat(40) };
    const load = () => loadEnv({ ...twice, NODE_ENV: 'production' });
    expect(load).toThrow(EnvError);
    expect(load).toThrow(/SERVICE_TOKEN: is the same.*\n.*JWT_SECRET: is too easy/);
    expect(load).not.toThrow(/aaaa/);
  });
});
