import { isIP } from 'node:net';
import { z } from 'zod';
import { flag } from './flag.js';
import { knowledgeSettings } from './knowledge-settings.js';
import { langSmithSettings } from './langsmith-settings.js';
import { localModelSettings } from './local-model-settings.js';
import { remoteModelSettings } from './remote-model-settings.js';
import { webSettings } from './web-settings.js';

const port = z.coerce.number().int().min(0).max(65535);

/** Values that appear in examples and must never protect a real installation. */
export const SAMPLE_SECRETS: readonly string[] = [
  'secret',
  'changeme',
  'change-me',
  'my-random-string-for-seeding',
  '01234567890123456789012345678901',
];

const secret = (minimumBytes: number) =>
  z
    .string()
    .refine((value) => Buffer.byteLength(value) >= minimumBytes, {
      message: `must have at least ${String(minimumBytes)} bytes (try: openssl rand -base64 48)`,
    })
    .refine((value) => !SAMPLE_SECRETS.includes(value), { message: 'is a sample value' });

/** A secret that callers send as a bearer token (RFC 6750, section 2.1). */
const bearerToken = (minimumBytes: number) =>
  secret(minimumBytes).refine((value) => /^[\w.~+/-]+=*$/.test(value), {
    message: 'may hold only letters, digits and - . _ ~ + / =',
  });

/** Names that Fastify knows for ranges of addresses. */
const PROXY_RANGES = ['loopback', 'linklocal', 'uniquelocal'];

/** Whether it is a zone of the IANA database, like `America/Sao_Paulo`; an offset is none. */
function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return !/^[+-]/.test(name);
  } catch {
    return false;
  }
}

const namesProxies = (setting: string) =>
  /^\d+$/.test(setting) ||
  setting.split(',').every((part) => {
    const [address = '', bits] = part.trim().split('/');
    const longest = { 4: 32, 6: 128 }[isIP(address)];
    return longest === undefined
      ? PROXY_RANGES.includes(part.trim())
      : bits === undefined ||
          (/^\d{1,3}$/.test(bits) && Number(bits) >= 1 && Number(bits) <= longest);
  });

/**
 * Every environment variable Prosa reads, in the order the documentation lists them. Each one
 * carries its description; `docs/*\/configuration.md` is generated from here.
 * A variable marked `secret` may also be given as `NAME_FILE`, the path of a file that holds it.
 */
const settings = z.object({
  NODE_ENV: z
    .string()
    .optional()
    .describe('With `production` Prosa refuses to start with missing or guessable secrets.'),
  PORT: port.default(3000).describe('Port of the web server.'),
  HOST: z
    .string()
    .min(1)
    .default('127.0.0.1')
    .describe('Address to listen on; `0.0.0.0` accepts other machines.'),
  DATA_DIR: z
    .string()
    .min(1)
    .default('data')
    .describe('Folder of the embedded database, generated secrets and local models.'),
  DATABASE_URL: z
    .string()
    .min(1)
    .optional()
    .meta({ secret: true })
    .describe(
      'Where conversations live: `file:path`, `mariadb://user:password@host/db` or `postgres://…`, with `?sslmode=verify-full&sslrootcert=/path/ca.pem` for TLS. Absent: SQLite in `DATA_DIR`.',
    ),
  STREAM_HEARTBEAT_SECONDS: z.coerce
    .number()
    .int()
    .min(1)
    // Sessions that ended are looked for at each of them, and are to be gone within a minute.
    .max(55)
    .default(15)
    .describe(
      'Seconds between two signs of life on an event stream that is silent; less than a proxy before Prosa waits before it closes a quiet connection.',
    ),
  SPOOL_MB: z.coerce
    .number()
    .int()
    .min(0)
    .max(1_000_000)
    .default(64)
    .describe(
      'Megabytes that answers may take in `DATA_DIR/spool` while the database cannot store them. `0`: none; an answer then ends when 64 kB of it are stored nowhere.',
    ),
  REDIS_URL: z
    .url({ protocol: /^rediss?$/, error: 'must be redis://… or rediss://… (TLS)' })
    .optional()
    .describe(
      'Redis (6.2 or newer) through which several processes share answers as they are made: `redis://user:password@host:6379/0`, `rediss://…` for TLS. Absent: readers of another process get what the database holds, every second.',
    ),
  DATABASE_POOL_SIZE: z.coerce
    .number()
    .int()
    // The upgrade at the start reads on one connection while it migrates on another.
    .min(2)
    .max(200)
    .default(10)
    .describe('Connections kept to a database server.'),
  DATABASE_WAIT_SECONDS: z.coerce
    .number()
    .int()
    .min(0)
    .max(3600)
    .default(30)
    .describe('Longest wait, at the start, for a database server that is not there yet.'),
  PUBLIC_URL: z
    .url()
    .optional()
    .describe(
      'Address people type, e.g. `https://prosa.example.com`; https turns on Secure cookies.',
    ),
  TRUST_PROXY: z
    .string()
    .refine(namesProxies, { message: 'must be a number of hops, or addresses like 10.0.0.0/8' })
    .optional()
    .describe(
      'Proxies whose X-Forwarded-* headers are believed: a number of hops or addresses (`10.0.0.0/8`). Absent: none.',
    ),
  CORS_ORIGINS: z
    .string()
    .optional()
    .describe('Other origins that may call the API, comma-separated. Absent: none.'),
  JWT_SECRET: secret(32)
    .optional()
    .meta({ secret: true })
    .describe('Signs access tokens; at least 32 bytes. Absent: made once in `DATA_DIR`.'),
  JWT_SECRET_PREVIOUS: secret(32)
    .optional()
    .meta({ secret: true })
    .describe('The secret before the last change; its tokens are accepted until they expire.'),
  MASKING_KEY: secret(32)
    .optional()
    .meta({ secret: true })
    .describe(
      'Seals what placeholders such as `[CPF_1]` stand for; at least 32 bytes. Absent: made once in `DATA_DIR`. Without it they cannot be read again.',
    ),
  SETUP_TOKEN: secret(16)
    .optional()
    .meta({ secret: true })
    .describe('Lets the first administrator be made from another machine.'),
  SERVICE_TOKEN: bearerToken(32)
    .optional()
    .meta({ secret: true })
    .describe(
      'A fixed bearer token for programs, at least 32 bytes; they act as the built-in member `service`. Absent: none.',
    ),
  OPEN_CHAT: flag
    .default(false)
    .describe('Lets anybody ask at `POST /chat/` without a token, within limits.'),
  OPEN_CHAT_PER_MINUTE: z.coerce
    .number()
    .int()
    .min(1)
    .max(10_000)
    .default(10)
    .describe('Questions one address may ask in a minute while `OPEN_CHAT` is on.'),
  TRASH_DAYS: z.coerce
    .number()
    .int()
    .min(1)
    .max(3650)
    .default(30)
    .describe('Days that deleted conversations, collections and documents stay in the trash.'),
  MAX_UPLOAD_MB: z.coerce
    .number()
    .int()
    .min(1)
    // What an `int` column holds.
    .max(2000)
    .default(50)
    .describe('Largest file, in megabytes, that people may add to a collection.'),
  KNOWLEDGE_MB_PER_PERSON: z.coerce
    .number()
    .int()
    .min(1)
    .max(1_000_000)
    .default(1000)
    .describe(
      'Megabytes that all documents in the collections of one person may take, every version and the trash included.',
    ),
  DRAIN_SECONDS: z.coerce
    .number()
    .int()
    .min(0)
    .max(600)
    .default(25)
    .describe(
      'Longest a stop (SIGTERM, Ctrl+C) waits for the answers under way. The process ends at most 5 seconds later: give it that long before it is killed.',
    ),
  RUNS_PER_PERSON: z.coerce
    .number()
    .int()
    .min(1)
    .max(1000)
    .default(4)
    .describe('Answers one person may have in the making at the same time.'),
  ASKS_PER_MINUTE: z.coerce
    .number()
    .int()
    .min(1)
    .max(100_000)
    .default(60)
    .describe('Questions one person may ask in a minute.'),
  TIME_ZONE: z
    .string()
    .refine(isTimeZone, { message: 'must be a time zone like America/Sao_Paulo' })
    .default('America/Sao_Paulo')
    .describe('Time zone in which the days and months of limits and usage begin.'),
  INGEST_AT_ONCE: z.coerce
    .number()
    .int()
    .min(1)
    .max(16)
    .default(1)
    .describe(
      'Documents that one process reads at the same time, each in a process of its own with at most 512 MB.',
    ),
  GUARDRAILS_DIR: z
    .string()
    .min(1)
    .optional()
    .describe(
      'Folder of YAML files with rails of your own, watched while Prosa runs; the same for every process of a database. Absent: what comes with Prosa, and what administrators publish.',
    ),
  ...remoteModelSettings,
  ...localModelSettings,
  MODEL_CONTEXT_WINDOW: z.coerce
    .number()
    .int()
    .min(512)
    .optional()
    .describe(
      'Context window, in tokens, of a model whose window Prosa does not know; the widest of a GGUF file on this machine.',
    ),
  MAX_OUTPUT_TOKENS: z.coerce
    .number()
    .int()
    .min(16)
    .default(2048)
    .describe('Longest answer, in tokens.'),
  ...webSettings,
  ...knowledgeSettings,
  ...langSmithSettings,
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .describe('How much is logged.'),
  LOG_FORMAT: z
    .enum(['json', 'text'])
    .optional()
    .describe(
      'JSON for programs, text for people. Absent: text where a person looks on (a terminal), else JSON.',
    ),
  METRICS_TOKEN: bearerToken(16)
    .optional()
    .meta({ secret: true })
    .describe(
      'Serves `/metrics` to callers with this bearer token. Absent: no `/metrics` on `PORT`.',
    ),
  METRICS_PORT: port
    .optional()
    .describe('Serves `/metrics` on a port of its own, at `HOST`, and no longer on `PORT`.'),
  API_DOCS: flag.default(true).describe('Serves the OpenAPI document at `/docs` and `/docs-json`.'),
});

/** The settings that may stand together. */
export const envSchema = settings.refine(
  ({ LANGSMITH_TRACING: on, LANGSMITH_API_KEY: key }) => !on || key !== undefined,
  {
    path: ['LANGSMITH_API_KEY'],
    message: 'is needed with LANGSMITH_TRACING (LangSmith, Settings, API keys)',
  },
);

export type Env = z.infer<typeof envSchema>;
