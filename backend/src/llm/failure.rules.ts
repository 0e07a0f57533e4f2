import { ModelFailure, type ModelFailureKind } from './model-failure.js';
import { overflowIn } from './overflow.rules.js';
import { unquoted } from './unquoted.rules.js';

/** What an SDK's error says, whichever SDK it is. */
export interface FailureFacts {
  readonly status?: number;
  /** Exception name, e.g. AWS's `ThrottlingException`. */
  readonly name?: string;
  /** Network code (`ECONNREFUSED`) or the provider's own (`context_length_exceeded`). */
  readonly code?: string;
  /** The provider's words; only ever matched, never shown. */
  readonly text: string;
  readonly retryAfter?: string;
}

/** Thrown by our transports for an answer that is not the protocol's. */
export class MalformedAnswer extends Error {
  override readonly name = 'MalformedAnswer';
}

/**
 * No connection, or one that broke. Carries Node's error beside, not as `cause`: the OpenAI SDK
 * reads causes and would make a time-out of `ETIMEDOUT`.
 */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';

  constructor(
    readonly code: string,
    readonly origin: unknown,
  ) {
    super('connection lost');
  }
}

// OpenAI, vLLM, llama.cpp (`exceed_context_size_error`), Ollama, Mistral and Anthropic on Bedrock.
const OVERFLOW =
  /context_length_exceeded|exceed_context_size|context (length|window|size)|(input|prompt) is too long|too (long|many) .{0,40}tokens|too many (input )?tokens|(maximum|max) (number of )?(input )?tokens|input tokens exceed/i;
const FILTERED = /content_filter|content_policy|responsible.?ai/i;
const WRONG_MODEL =
  /model identifier is invalid|model_not_found|model .{0,80} (does not exist|not found)/i;

const BY_NAME: Readonly<Record<string, ModelFailureKind>> = {
  MalformedAnswer: 'BAD_ANSWER',
  ConnectionLost: 'UNREACHABLE',
  SyntaxError: 'BAD_ANSWER',
  // The AWS SDK's, of a frame that says it is shorter than it is.
  RangeError: 'BAD_ANSWER',
  AccessDeniedException: 'UNAUTHORIZED',
  UnrecognizedClientException: 'UNAUTHORIZED',
  ExpiredTokenException: 'UNAUTHORIZED',
  ExpiredToken: 'UNAUTHORIZED',
  InvalidSignatureException: 'UNAUTHORIZED',
  CredentialsProviderError: 'UNAUTHORIZED',
  TokenProviderError: 'UNAUTHORIZED',
  ThrottlingException: 'RATE_LIMITED',
  TooManyRequestsException: 'RATE_LIMITED',
  ServiceQuotaExceededException: 'RATE_LIMITED',
  ResourceNotFoundException: 'NOT_FOUND',
  ModelTimeoutException: 'TIMEOUT',
  TimeoutError: 'TIMEOUT',
  InternalServerException: 'UNAVAILABLE',
  ServiceUnavailableException: 'UNAVAILABLE',
  ModelNotReadyException: 'UNAVAILABLE',
  ModelErrorException: 'UNAVAILABLE',
  ModelStreamErrorException: 'UNAVAILABLE',
};

const BY_CODE: Readonly<Record<string, ModelFailureKind>> = {
  context_length_exceeded: 'OVERFLOW',
  content_filter: 'FILTERED',
  invalid_api_key: 'UNAUTHORIZED',
  model_not_found: 'NOT_FOUND',
  rate_limit_exceeded: 'RATE_LIMITED',
  insufficient_quota: 'RATE_LIMITED',
};

const NETWORK =
  /^(E(NOTFOUND|AI_AGAIN|CONN(REFUSED|RESET|ABORTED)|PIPE|TIMEDOUT|HOSTUNREACH|NETUNREACH|ADDRNOTAVAIL|PROTO)|ERR_(TLS|SSL|HTTP2|STREAM|SOCKET)_\w+|HPE_\w+|CERT_\w+|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+|HOSTNAME_MISMATCH)$/;

// The AWS SDK puts some of Node's errors into a new one and keeps only their words.
const NETWORK_WORDS =
  /\b(E(NOTFOUND|AI_AGAIN|CONN\w+|TIMEDOUT|HOSTUNREACH|NETUNREACH)|ERR_HTTP2_\w+)\b/;
/** The AWS SDK's words for a frame that cannot be; one that ends early is a connection that broke. */
const CORRUPT_WORDS =
  /(message|prelude) checksum|event stream message overhead|message length does not match|unrecognized header type/i;

function kindOfStatus(status: number): ModelFailureKind | undefined {
  if (status === 401 || status === 403) return 'UNAUTHORIZED';
  if (status === 404) return 'NOT_FOUND';
  if (status === 408) return 'TIMEOUT';
  if (status === 429) return 'RATE_LIMITED';
  if (status >= 500 || status === 424) return 'UNAVAILABLE';
  // Other 4xx: the provider did not understand us; 3xx: a redirect, which we never follow.
  return status >= 300 ? 'BAD_ANSWER' : undefined;
}

/** Which kind of failure the facts amount to, before anything was answered. */
export function failureKind(facts: FailureFacts): ModelFailureKind {
  const { status, name = '', code = '', text } = facts;
  const mayOverflow = status === undefined || status >= 500 || [400, 413, 422].includes(status);
  if (mayOverflow && name !== 'ThrottlingException' && OVERFLOW.test(`${code} ${text}`)) {
    return 'OVERFLOW';
  }
  if (status === 400 && FILTERED.test(`${code} ${text}`)) return 'FILTERED';
  if (status === 400 && WRONG_MODEL.test(`${code} ${text}`)) return 'NOT_FOUND';
  if (NETWORK.test(code)) return 'UNREACHABLE';
  const named = BY_NAME[name] ?? BY_CODE[code];
  if (named) return named;
  if (status !== undefined) return kindOfStatus(status) ?? 'UNAVAILABLE';
  if (CORRUPT_WORDS.test(text)) return 'BAD_ANSWER';
  return NETWORK_WORDS.test(text) ? 'UNREACHABLE' : 'UNAVAILABLE';
}

/**
 * `Retry-After` in milliseconds: whole seconds or an HTTP date (RFC 9110, 10.2.3).
 * @param now Milliseconds since 1970, for a date.
 */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  if (!header) return undefined;
  const seconds = Number(header);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - now;
  return Number.isFinite(ms) ? Math.max(0, Math.ceil(ms)) : undefined;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
const text = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : undefined;
const number = (value: unknown): number | undefined =>
  typeof value === 'number' ? value : undefined;
const status = (value: unknown): number | undefined =>
  typeof value === 'number' && value >= 400 && value < 600 ? value : undefined;

function header(holder: unknown, name: string): string | undefined {
  if (holder instanceof Headers) return holder.get(name) ?? undefined;
  return isRecord(holder) ? text(holder[name]) : undefined;
}

/** Reads the facts off an error of the OpenAI SDK, the AWS SDK, Node or ourselves. */
export function factsOf(error: unknown): FailureFacts {
  const facts: { -readonly [K in keyof FailureFacts]: FailureFacts[K] } = { text: '' };
  // SDKs wrap: the network's code is often two causes down.
  for (let at = error, depth = 0; isRecord(at) && depth < 6; at = at['cause'], depth += 1) {
    const metadata = isRecord(at['$metadata']) ? at['$metadata'] : {};
    const response = isRecord(at['$response']) ? at['$response'] : {};
    // Some (OpenRouter) put an HTTP status where others have a word.
    facts.status ??=
      number(at['status']) ?? number(metadata['httpStatusCode']) ?? status(at['code']);
    facts.code ??= text(at['code']) ?? text(at['type']);
    facts.retryAfter ??=
      header(at['headers'], 'retry-after') ?? header(response['headers'], 'retry-after');
    const origin = isRecord(at['origin']) ? text(at['origin']['message']) : undefined;
    facts.text += ` ${text(at['message']) ?? ''} ${origin ?? ''}`;
    const name = text(at['name']);
    if (name && name !== 'Error' && (facts.name === undefined || name in BY_NAME))
      facts.name = name;
  }
  return facts;
}

const KEY_LIKE = /\b(sk|pk|rk|gsk|xai|hf|lsv2|AKIA|ASIA)[-_]?[\w*-]{6,}|\bBearer +\S+/g;
/** LangChain adds it to some messages. */
const ADVERT = /\s*Troubleshooting URL: \S+/g;
const USER_INFO = /\/\/[^/\s@]+@/g;
/**
 * Of a provider's words about a window, in UTF-16 units. Not of what they quote: a person who writes
 * such words would else make a model's window smaller for everybody.
 */
const MOST_WORDS = 2000;
/** Enough to recognise a page of HTML in the log, in UTF-16 units. */
const MAX_WORDS = 500;

/** A provider's words as they may stand in a log: short, without anything that looks like a key. */
export function scrubbed(words: string, secrets: readonly string[] = []): string {
  const known = secrets.reduce((left, secret) => left.replaceAll(secret, '[key]'), words);
  const clean = known
    .replace(ADVERT, '')
    .replace(KEY_LIKE, '[key]')
    .replace(USER_INFO, '//[user]@')
    .trim();
  return clean.length > MAX_WORDS ? `${clean.slice(0, MAX_WORDS)}…` : clean;
}

/**
 * What a failure came from, for the log: the facts of it, no object of an SDK, and nothing of the
 * conversation that the provider may have quoted.
 */
export class ProviderError extends Error {
  override readonly name = 'ProviderError';
  readonly exception: string | undefined;
  readonly status: number | undefined;
  readonly code: string | undefined;

  constructor(facts: FailureFacts, secrets: readonly string[], said: readonly string[]) {
    super(unquoted(scrubbed(facts.text, secrets), said));
    this.exception = facts.name;
    this.status = facts.status;
    this.code = facts.code === undefined ? undefined : scrubbed(facts.code, secrets);
  }
}

/** What is known beside an error. */
export interface FailureContext {
  /** What must not reach a log even if the provider repeats it. */
  readonly secrets?: readonly string[];
  /** What the provider was told: must not reach a log either. */
  readonly said?: readonly string[];
  /** Refused credentials have been replaced since. */
  readonly renewed?: boolean;
}

/**
 * Puts any error of a provider into Prosa's words. After the first text, a provider that fell
 * silent or fell over has cut its answer short.
 */
export function toModelFailure(
  error: unknown,
  answered: boolean,
  { secrets = [], said = [], renewed = false }: FailureContext = {},
): ModelFailure {
  if (error instanceof ModelFailure) return error;
  const facts = factsOf(error);
  const kind = failureKind(facts);
  const lost = kind === 'UNREACHABLE' || kind === 'UNAVAILABLE';
  const retryAfter = retryAfterMs(facts.retryAfter, Date.now());
  return new ModelFailure(answered && lost ? 'CUT_SHORT' : kind, {
    cause: new ProviderError(facts, secrets, said),
    renewed,
    ...(kind === 'OVERFLOW'
      ? { overflow: overflowIn(unquoted(facts.text.slice(0, MOST_WORDS), said)) }
      : {}),
    ...(retryAfter === undefined ? {} : { retryAfterMs: retryAfter }),
  });
}
