import type { Env } from './env.schema.js';
import { parseProviders, type WebProviderName } from './web-settings.js';

/** Passwords that stand in examples and in guessing lists' first lines. */
const SAMPLE_PASSWORDS = new Set(
  'admin changeme change-me example mariadb mysql pass passwd password postgres prosa root secret test'.split(
    ' ',
  ),
);

/** A secret made of fewer different characters was typed to fill the length. */
const FEWEST_CHARACTERS = 8;

/** Secrets of which each opens another door: who holds one must not hold the next. */
const OWN_SECRETS = [
  'JWT_SECRET',
  'MASKING_KEY',
  'SERVICE_TOKEN',
  'METRICS_TOKEN',
  'SETUP_TOKEN',
] as const;

/** What searching with a provider takes besides its name. */
const NEEDED_BY = {
  searxng: 'SEARXNG_URL',
  brave: 'BRAVE_API_KEY',
  tavily: 'TAVILY_API_KEY',
} as const satisfies Partial<Record<WebProviderName, keyof Env>>;

type Setting = Pick<Env, 'NODE_ENV' | 'DATABASE_URL' | 'PORT' | 'METRICS_PORT'> &
  Partial<Pick<Env, 'WEB_SEARCH'>> &
  Pick<Env, (typeof OWN_SECRETS)[number] | (typeof NEEDED_BY)[keyof typeof NEEDED_BY]>;

/**
 * What is wrong with settings that are each right by themselves: the name of the setting, and what
 * to do. Never repeats a value.
 */
export function settingProblems(env: Setting): string[] {
  return [
    ...sharedSecrets(env),
    ...unreachableProviders(env),
    ...(env.METRICS_PORT !== undefined && env.METRICS_PORT === env.PORT && env.PORT !== 0
      ? ['METRICS_PORT: is the same as PORT; choose another, or leave it out and set METRICS_TOKEN']
      : []),
    ...(env.NODE_ENV === 'production' ? productionProblems(env) : []),
  ];
}

function sharedSecrets(env: Setting): string[] {
  return OWN_SECRETS.flatMap((name, at) => {
    const value = env[name];
    const earlier = OWN_SECRETS.slice(0, at).find((other) => env[other] === value);
    return value !== undefined && earlier !== undefined
      ? [`${name}: is the same as ${earlier}; make one of its own (try: openssl rand -base64 48)`]
      : [];
  });
}

function unreachableProviders(env: Setting): string[] {
  return (parseProviders(env.WEB_SEARCH ?? 'off') ?? []).flatMap((name) => {
    const needed = name === 'duckduckgo' ? undefined : NEEDED_BY[name];
    return needed !== undefined && env[needed] === undefined
      ? [`${needed}: is needed with WEB_SEARCH=${name}`]
      : [];
  });
}

function productionProblems(env: Setting): string[] {
  const url = URL.parse(env.DATABASE_URL ?? '');
  const onServer = url !== null && url.protocol !== 'file:';
  return [
    ...(onServer && env.JWT_SECRET === undefined
      ? [
          'JWT_SECRET: must be set in production when DATABASE_URL names a server, because every process of a database signs with it (try: openssl rand -base64 48)',
        ]
      : []),
    ...(onServer && env.MASKING_KEY === undefined
      ? [
          'MASKING_KEY: must be set in production when DATABASE_URL names a server, because every process of a database restores personal data with it (try: openssl rand -base64 48)',
        ]
      : []),
    ...OWN_SECRETS.filter((name) => isMonotonous(env[name])).map(
      (name) => `${name}: is too easy to guess for production (try: openssl rand -base64 48)`,
    ),
    ...(onServer && SAMPLE_PASSWORDS.has(url.password.toLowerCase())
      ? ['DATABASE_URL: its password is a sample value; choose another for production']
      : []),
  ];
}

const isMonotonous = (secret: string | undefined) =>
  secret !== undefined && new Set(secret).size < FEWEST_CHARACTERS;
