import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { type Env, envSchema } from './env.schema.js';
import { settingProblems } from './start-checks.rules.js';

/** The environment cannot be used; the message names each variable and what to do. */
export class EnvError extends Error {
  override readonly name = 'EnvError';
}

/** Whether a variable holds a secret, which may also come from a file or be hidden from logs. */
export function isSecret(schema: z.ZodType): boolean {
  return schema.meta()?.['secret'] === true;
}

/**
 * Reads and checks the environment, once. Empty values count as absent; a secret may be given as
 * `NAME_FILE`, the path of a file that holds it.
 * @throws {EnvError} naming every variable that is wrong; never repeats a value.
 */
export function loadEnv(source: NodeJS.ProcessEnv): Env {
  const values: Record<string, string> = {};
  for (const [name, schema] of Object.entries(envSchema.shape)) {
    // An empty one is no value: docker-compose passes on what is not set as an empty text.
    const value = source[name] === '' ? undefined : source[name];
    const found = value ?? (isSecret(schema) ? fromFile(name, source) : undefined);
    if (found !== undefined && found !== '') {
      values[name] = found;
    }
  }
  const result = envSchema.safeParse(values);
  if (!result.success) {
    throw refusal(result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`));
  }
  const problems = settingProblems(result.data);
  if (problems.length > 0) {
    throw refusal(problems);
  }
  return result.data;
}

function refusal(problems: readonly string[]): EnvError {
  const lines = problems.map((problem) => `  ${problem}`);
  return new EnvError(['These settings cannot be used:', ...lines].join('\n'));
}

function fromFile(name: string, source: NodeJS.ProcessEnv): string | undefined {
  const path = source[`${name}_FILE`];
  if (!path) {
    return undefined;
  }
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    throw new EnvError(`${name}_FILE: cannot read ${path}`);
  }
}
