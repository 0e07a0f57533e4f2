import { ERROR_STATUS, type ErrorCode } from '../../src/platform/error-codes.js';
import { errorMessage } from '../../src/platform/error-message.js';
import { LANGUAGES, preferredLanguage } from '../../src/platform/language.rules.js';
import type { ApiDescription, ApiOperation } from './api-description.js';
import type { WireRequest } from './draft.js';
import type { WireAnswer } from './wire-client.js';

/** Longest an answer may take on a machine that does other things as well, in milliseconds. */
const SLOW_MS = 10_000;

/** What an answer would say of the inside: a stack, a query, a driver's error, a path. */
const INSIDE = [
  /\bat \S+ \(?\S*:\d+:\d+/,
  /node_modules|\.js:\d+|\.ts:\d+|node:internal/,
  /\b(SELECT|INSERT INTO|UPDATE|DELETE FROM)\b.+\b(FROM|VALUES|SET|WHERE)\b/,
  /SQLITE_[A-Z]+|\bER_[A-Z_]+|QueryFailed|sqlState|ECONN[A-Z]+|ENOENT/,
  /\/(work|home|root|tmp|usr|var|app)\/[\w.-]+/,
  /TypeError|RangeError|SyntaxError|ZodError/,
];

interface ErrorBody {
  readonly error?: {
    readonly code?: ErrorCode;
    readonly message?: string;
    readonly details?: Record<string, string>;
  };
}

/**
 * What is wrong with an answer, whatever was asked.
 * @returns one line a fault; none when all is well.
 */
export function faultsOf(
  request: WireRequest,
  answer: WireAnswer | undefined,
  api: ApiDescription,
): string[] {
  if (answer === undefined) {
    return request.whole ? ['no answer'] : [];
  }
  const { status, headers, ms } = answer;
  return [
    status >= 500 && `status ${String(status)}`,
    ms > SLOW_MS && `slow: ${String(Math.round(ms))} ms`,
    !headers.get('x-request-id') && 'no X-Request-Id',
    headers.has('x-injected') && 'a header was injected',
    headers.get('x-content-type-options') !== 'nosniff' && 'no security headers',
    status >= 400 && request.method !== 'HEAD' && faultOfError(request, answer),
    request.operation && faultByDocument(request.operation, answer, api),
  ].filter((fault) => typeof fault === 'string');
}

function faultOfError(request: WireRequest, { status, headers, body }: WireAnswer): string | false {
  const text = body.toString('utf8');
  if (headers.get('content-type') !== 'application/json; charset=utf-8') {
    return `an error of type ${String(headers.get('content-type'))}`;
  }
  const inside = INSIDE.find((pattern) => pattern.test(text));
  if (inside) {
    return `an error shows what is inside: ${String(inside)}`;
  }
  const { error } = parsedOf<ErrorBody>(text) ?? {};
  if (error?.code === undefined || !(error.code in ERROR_STATUS)) {
    return 'an error without a known code';
  }
  if (ERROR_STATUS[error.code] !== status) {
    return `${error.code} with status ${String(status)}`;
  }
  // What is no HTTP has no language: it is refused in the first one.
  const unread = error.details?.['fields']?.includes('headers');
  const language = unread ? LANGUAGES[0] : preferredLanguage(request.acceptLanguage);
  const words = errorMessage(error.code, language, error.details);
  return request.whole && error.message !== words && `${error.code} in another language or words`;
}

function faultByDocument(
  { responses }: ApiOperation,
  { status, headers, body }: WireAnswer,
  api: ApiDescription,
): string | false {
  const range = `${String(status).slice(0, 1)}XX`;
  const documented = responses[status] ?? responses[range] ?? responses['default'];
  if (!documented) {
    return `status ${String(status)} is not in the document`;
  }
  const type = headers.get('content-type')?.split(';', 1)[0];
  const { content = {} } = documented;
  if (type === undefined || body.length === 0) {
    // A text may be empty: a set of no lines is one.
    const isAnswered = Object.keys(content).some((kind) => kind !== 'text/plain');
    return isAnswered && `status ${String(status)} without its body`;
  }
  if (!(type in content)) {
    return `status ${String(status)} of type ${type} is not in the document`;
  }
  const schema = content[type]?.schema;
  if (!schema || type !== 'application/json') {
    return false;
  }
  const mismatch = api.mismatch(parsedOf(body.toString('utf8')), schema);
  return mismatch !== undefined && `status ${String(status)} is not by its schema: ${mismatch}`;
}

function parsedOf<Value>(text: string): Value | undefined {
  try {
    return JSON.parse(text) as Value;
  } catch {
    return undefined;
  }
}
