import { expect } from '@jest/globals';
import { ERROR_STATUS, type ErrorCode } from '../../src/platform/error-codes.js';
import type { TestApp } from '../harness/test-app.js';

/** A request as it goes over the wire: nothing is added but what is said here. */
export interface WireRequest {
  readonly method?: string;
  /** Already encoded. */
  readonly path: string;
  readonly token?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  /** Given as text or bytes, it is sent as application/json unless the headers say otherwise. */
  readonly body?: string | Uint8Array<ArrayBuffer> | undefined;
  readonly signal?: AbortSignal;
}

export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** An error as the contract shapes it. */
export interface ErrorEnvelope {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** The whole policy, word for word: a directive added by accident must be seen. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' blob: data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "form-action 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join(';');

/**
 * Sends a request to the API, reads the whole answer, and checks what is true of every answer
 * whatever was asked: its headers, and the envelope of an error.
 */
export async function send(app: Pick<TestApp, 'url'>, request: WireRequest): Promise<WireAnswer> {
  const { method = 'GET', path, token, headers, body, signal } = request;
  const response = await fetch(`${app.url}${path}`, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body === undefined ? {} : { body }),
    ...(signal ? { signal } : {}),
  });
  const answer = {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    text: await response.text(),
  };
  requireContract(`${method} ${path.slice(0, 200)}`, answer);
  return answer;
}

/** The JSON of an answer. */
export const jsonOf = <Body = Record<string, unknown>>({ text }: WireAnswer): Body =>
  JSON.parse(text) as Body;

/** The error of an answer. */
export const errorOf = (answer: WireAnswer): ErrorEnvelope =>
  jsonOf<{ error: ErrorEnvelope }>(answer).error;

/** What holds for every answer of the API. */
export function requireContract(name: string, { status, headers, text }: WireAnswer): void {
  expect({ name, ...securityOf(headers) }).toMatchObject({
    policy: CONTENT_SECURITY_POLICY,
    sniffing: 'nosniff',
    frames: 'DENY',
    referrer: 'no-referrer',
  });
  expect(headers['cache-control']).toMatch(/^no-store(, no-transform)?$/);
  expect(headers['x-request-id']).toMatch(/^[\w.-]{1,64}$/);
  if (status >= 400) {
    requireEnvelope(name, status, headers, text);
  } else if (headers['content-type']?.startsWith('application/json')) {
    JSON.parse(text, (key, value: unknown) => {
      if (key === 'error' || key === 'reason') {
        requireWords((value as ErrorEnvelope | null)?.message);
      }
    });
  }
}

const securityOf = (headers: WireAnswer['headers']) => ({
  policy: headers['content-security-policy'],
  sniffing: headers['x-content-type-options'],
  frames: headers['x-frame-options'],
  referrer: headers['referrer-policy'],
});

function requireEnvelope(
  name: string,
  status: number,
  headers: WireAnswer['headers'],
  text: string,
): void {
  expect({ name, type: headers['content-type'], text }).toMatchObject({
    type: 'application/json; charset=utf-8',
  });
  const { error, ...rest } = JSON.parse(text) as { error: ErrorEnvelope };
  expect({ name, rest, status: ERROR_STATUS[error.code] }).toEqual({ name, rest: {}, status });
  const { code: _, message, details: __, ...more } = error;
  expect({ name, more }).toEqual({ name, more: {} });
  expect(message).toMatch(/\S/);
  requireWords(message);
}

/** What a person reads of an error, wherever it stands. */
export function requireWords(message: unknown): void {
  // `{name}` is a detail that was not asked for, `…` one that was not given.
  expect(message ?? '').not.toMatch(/\{\w*\}|…|undefined|\[object/);
}
