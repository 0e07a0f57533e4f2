import { HttpErrorResponse } from '@angular/common/http';

/** Codes of failures that never reached the server, or came back without a body of ours. */
export const OFFLINE = 'CLIENT.OFFLINE';
export const UNREADABLE = 'CLIENT.UNREADABLE';
/** A fault of the server's own: what happened stands in its log only. */
export const SERVER_ERROR = 'SERVER.ERROR';
/** What our own nginx says when it finds nobody behind it. */
const UNREACHABLE = 'SERVER.UNREACHABLE';

/** Any refusal or failure of a call: `message` is the server's, already in the person's language. */
export class ApiFailure extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    /** Seconds after which the server said to come back. */
    readonly retryAfter: number | null = null,
    readonly details: unknown = null,
    /** Under which the server's log knows the call. */
    readonly requestId: string | null = null,
  ) {
    super(message);
  }

  /** True when the message asks the person to pass the request's id on. */
  get asksForId(): boolean {
    return this.code === SERVER_ERROR;
  }

  /** True when the server itself said nothing: no network, or a proxy that found nobody behind it. */
  get unheard(): boolean {
    const byProxy = this.code === UNREADABLE || this.code === UNREACHABLE;
    return this.status === 0 || (this.status >= 502 && byProxy);
  }
}

/** Reads what HttpClient threw. Anything that is not an HTTP failure is a fault of ours: rethrown as is. */
export function toApiFailure(thrown: unknown): ApiFailure {
  if (thrown instanceof ApiFailure) return thrown;
  if (!(thrown instanceof HttpErrorResponse)) throw thrown;
  if (thrown.status === 0) return new ApiFailure(0, OFFLINE, '');
  const body = readError(thrown.error);
  const wait = Number(thrown.headers.get('Retry-After'));
  return new ApiFailure(
    thrown.status,
    body?.code ?? UNREADABLE,
    body?.message ?? '',
    Number.isFinite(wait) && wait > 0 ? wait : null,
    body?.details ?? null,
    thrown.headers.get('X-Request-Id'),
  );
}

interface ErrorBody {
  readonly code: string;
  readonly message: string;
  readonly details?: unknown;
}

/** A stream is asked for as text, so a refusal of one arrives as text too. */
function readError(body: unknown): ErrorBody | null {
  let value = body;
  if (typeof value === 'string') {
    try {
      value = JSON.parse(value);
    } catch {
      return null;
    }
  }
  const error = (value as { error?: Partial<ErrorBody> } | null)?.error;
  return typeof error?.code === 'string' && typeof error.message === 'string'
    ? { code: error.code, message: error.message, details: error.details }
    : null;
}
