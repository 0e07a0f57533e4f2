import { type Env, envSchema } from './env.schema.js';
import { isSecret } from './load-env.js';

/** Every secret of an environment, the password in `DATABASE_URL` among them. */
export function secretsOf(env: Env): string[] {
  const named = Object.entries(envSchema.shape)
    // Of an address only the password is secret: hiding `file:…` whole would hide every path.
    .filter(([name, schema]) => isSecret(schema) && name !== 'DATABASE_URL')
    .map(([name]) => env[name as keyof Env]);
  const url = URL.parse(env.DATABASE_URL ?? '');
  const password = url?.password ?? '';
  return [...named, password, decoded(password)].filter(
    (value): value is string => typeof value === 'string' && value !== '',
  );
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
