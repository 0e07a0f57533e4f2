import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { envSchema } from '../../backend/src/config/env.schema.js';
import { isSecret } from '../../backend/src/config/load-env.js';
import {
  type Composition,
  readComposition,
  type Service,
  serviceNamed,
} from './harness/composition.ts';
import { commandOf, lastOf, readDockerfile, stageNamed } from './harness/dockerfile.ts';

const ROOT = join(import.meta.dirname, '../..');
const SERVICES = ['backend', 'db', 'frontend', 'llm', 'searxng', 'secrets'];
/** What the backend and nginx take at most to end (30 s), and some air. */
const SHORTEST_STOP_SECONDS = 35;

const secondsOf = (duration: string) => {
  const [, minutes = '0', seconds = '0'] = /^(?:(\d+)m)?(?:(\d+)s)?$/.exec(duration) ?? [];
  return Number(minutes) * 60 + Number(seconds);
};

describe('docker-compose.yml', () => {
  let composition: Composition;
  let services: [string, Service][];

  beforeAll(() => {
    composition = readComposition();
    services = Object.entries(composition.services);
  });

  it('should need no setting', () => {
    expect(services.map(([name]) => name).sort()).toEqual(SERVICES);
  });

  it('should give no process a right, a place to write or an end of its own', () => {
    for (const [name, service] of services) {
      expect({ name, ...service }).toMatchObject({
        name,
        read_only: true,
        cap_drop: ['ALL'],
        security_opt: ['no-new-privileges:true'],
        user: expect.stringMatching(/^[1-9]\d*:[1-9]\d*$/),
        mem_limit: expect.stringMatching(/^\d+[mg]$/),
        pids_limit: expect.any(Number),
        logging: { options: { 'max-size': '10m', 'max-file': '3' } },
      });
      expect(service.privileged).toBeUndefined();
      expect(service.cap_add).toBeUndefined();
    }
  });

  it('should watch and restart what serves, and let it end in its own time', () => {
    for (const [name, service] of services.filter(([each]) => each !== 'secrets')) {
      expect({ name, restart: service.restart }).toEqual({ name, restart: 'unless-stopped' });
      expect(service.healthcheck?.test.length).toBeGreaterThan(1);
      const stop = secondsOf(String(service.stop_grace_period));
      expect({ name, stop }).toEqual({ name, stop: Math.max(stop, SHORTEST_STOP_SECONDS) });
    }
  });

  it('should start each service when what it needs is there', () => {
    const needs = Object.fromEntries(
      services.map(([name, { depends_on: needed = {} }]) => [
        name,
        Object.entries(needed)
          .map(([other, { condition }]) => `${other} ${condition}`)
          .sort(),
      ]),
    );
    expect(needs).toEqual({
      secrets: [],
      db: ['secrets service_completed_successfully'],
      backend: ['db service_healthy', 'secrets service_completed_successfully'],
      frontend: ['backend service_healthy'],
      llm: ['secrets service_completed_successfully'],
      searxng: [],
    });
  });

  it('should publish the frontend alone, to this machine alone', () => {
    const ports = services.flatMap(([name, { ports: own = [] }]) =>
      own.map((port) => [name, port]),
    );
    expect(ports).toEqual([['frontend', '127.0.0.1:8080:8080/tcp']]);
    const opened = serviceNamed(readComposition({ LISTEN: '0.0.0.0:80' }), 'frontend');
    expect(opened.ports).toEqual(['0.0.0.0:80:8080/tcp']);
  });

  it('should keep the database where only the backend is', () => {
    const inside = (network: string) =>
      services.filter(([, { networks = {} }]) => network in networks).map(([name]) => name);
    expect(inside('data')).toEqual(['backend', 'db']);
    expect(inside('web')).toEqual(['backend', 'frontend']);
    expect(inside('models')).toEqual(['backend', 'llm']);
    expect(inside('search')).toEqual(['backend', 'searxng']);
    expect(inside('default')).toEqual([]);
    expect(composition.networks['data']?.internal).toBe(true);
    expect(serviceNamed(composition, 'secrets').network_mode).toBe('none');
  });

  it('should show each service its own secrets, to read', () => {
    const mounts = (volume: string) =>
      services.flatMap(([name, { volumes = [] }]) =>
        volumes.filter((each) => each.startsWith(`${volume}:`)).map((each) => `${name} ${each}`),
      );
    expect(mounts('database-secrets').sort()).toEqual([
      'db database-secrets:/run/prosa/db:ro',
      'secrets database-secrets:/run/prosa/db:rw',
    ]);
    expect(mounts('backend-secrets').sort()).toEqual([
      'backend backend-secrets:/run/prosa/backend:ro',
      'secrets backend-secrets:/run/prosa/backend:rw',
    ]);
  });

  it('should set what the backend knows, and no password', () => {
    const { environment = {} } = serviceNamed(composition, 'backend');
    for (const [name, value] of Object.entries(environment)) {
      const setting = name.replace(/_FILE$/, '');
      const schema = Object.entries(envSchema.shape).find(([each]) => each === setting)?.[1];
      expect({ name, known: schema !== undefined }).toEqual({ name, known: true });
      if (schema && isSecret(schema)) {
        expect({ name, value }).toEqual({ name, value: name === setting ? '' : value });
      }
    }
    const passed = serviceNamed(readComposition({ OPENAI_API_KEY: 'sk-1' }), 'backend');
    expect(passed.environment?.['OPENAI_API_KEY']).toBe('sk-1');
    const { environment: ofDb = {} } = serviceNamed(composition, 'db');
    expect(
      Object.keys(ofDb)
        .filter((name) => name.includes('PASSWORD'))
        .sort(),
    ).toEqual(['MARIADB_PASSWORD_FILE', 'MARIADB_ROOT_PASSWORD_FILE']);
  });

  it('should run the MariaDB that the tests run, with options that it knows', () => {
    const version = /Ver (\d+\.\d+)\./.exec(
      execFileSync('mariadbd', ['--version']).toString(),
    )?.[1];
    const { image, command = [] } = serviceNamed(composition, 'db');
    expect(image).toMatch(/^mariadb:\d+\.\d+\.\d+$/);
    expect(image).toContain(`mariadb:${String(version)}.`);
    const options = ['--no-defaults', ...command, '--verbose', '--help'];
    expect(() => execFileSync('mariadbd', options, { stdio: 'pipe' })).not.toThrow();
  });

  it('should name every image with a whole version', () => {
    const stages = readDockerfile(join(ROOT, 'deploy/Dockerfile'));
    const own = stages.map(({ name }) => name);
    const bases = stages.map(({ base }) => base).filter((base) => !own.includes(base));
    const images = services.filter(([, { build }]) => !build).map(([, { image }]) => image);
    for (const image of [...bases, ...images]) {
      expect(image).toMatch(/^[\w./-]+:\d+\.\d+\.\d+(-[\w-]+)?$/);
    }
    const { devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      devDependencies: { node: string };
    };
    const node = `node:${devDependencies.node}-bookworm-slim`;
    expect(new Set(bases.filter((base) => base.startsWith('node:')))).toEqual(new Set([node]));
  });

  it.each(['backend', 'frontend'])('should run %s as its image does', (name) => {
    const { build, user } = serviceNamed(composition, name);
    expect(build).toMatchObject({ dockerfile: 'deploy/Dockerfile', target: name });
    const stage = stageNamed(readDockerfile(join(ROOT, 'deploy/Dockerfile')), name);
    expect(user).toBe(lastOf(stage, 'USER'));
    expect(commandOf(stage).length).toBeGreaterThan(1);
  });
});
