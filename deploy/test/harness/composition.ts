import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../../..');

/** A service as `docker-compose config` prints it: anchors merged, variables filled in. */
export interface Service {
  readonly image: string;
  readonly build?: { readonly dockerfile: string; readonly target: string };
  readonly command?: readonly string[];
  readonly user?: string;
  readonly group_add?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly networks?: Readonly<Record<string, unknown>>;
  readonly network_mode?: string;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly tmpfs?: readonly string[];
  readonly restart?: string;
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly cap_add?: readonly string[];
  readonly privileged?: boolean;
  readonly security_opt?: readonly string[];
  readonly stop_grace_period?: string;
  readonly mem_limit?: string;
  readonly pids_limit?: number;
  readonly logging?: { readonly options: Readonly<Record<string, string>> };
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
}

export interface Composition {
  readonly services: Readonly<Record<string, Service>>;
  readonly networks: Readonly<Record<string, { readonly internal?: boolean } | null>>;
}

/**
 * What Debian's docker-compose makes of `docker-compose.yml`.
 * @param settings the only environment variables it sees beside `PATH`; no `.env` is read.
 * @throws when the file is wrong, or when it warns of anything.
 */
export function readComposition(settings: Readonly<Record<string, string>> = {}): Composition {
  const nowhere = mkdtempSync(join(tmpdir(), 'prosa-composition-'));
  const files = ['--project-directory', nowhere, '--file', join(ROOT, 'docker-compose.yml')];
  const { stdout, stderr, error } = spawnSync('docker-compose', [...files, 'config'], {
    env: { PATH: process.env['PATH'], ...settings },
    encoding: 'utf8',
  });
  rmSync(nowhere, { recursive: true });
  if (error ?? stderr !== '') {
    throw new Error(`docker-compose: ${error?.message ?? stderr}`);
  }
  // docker-compose is written in Python and brings its reader of YAML.
  const toJson = 'import json, sys, yaml; json.dump(yaml.safe_load(sys.stdin), sys.stdout)';
  const json = execFileSync('/usr/bin/python3', ['-c', toJson], { input: stdout });
  return JSON.parse(json.toString()) as Composition;
}

/** The service of that name. @throws when there is none. */
export function serviceNamed({ services }: Composition, name: string): Service {
  const service = services[name];
  if (!service) {
    throw new Error(`no service ${name}`);
  }
  return service;
}
