import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { randomUUID } from 'node:crypto';
import { contentSecurityPolicy } from './content-security-policy.js';
import { ERROR_STATUS } from './error-codes.js';
import { errorMessage } from './error-message.js';
import { LANGUAGES } from './language.rules.js';

/** An address of the API at which there is nothing. */
const NOWHERE = '/api/-';

/** What stands before the path when a request is written as to a proxy (RFC 9112, section 3.2.2). */
const ORIGIN = /^https?:\/\/[^/?]*/i;

/** The seeds' clients ask at `/chat/`; Nest knows no route that ends with a slash. */
const CHAT_WITH_SLASH = /^\/chat\/(?=\?|$)/;

/**
 * The address to look for. One whose escapes cannot be read is missing like any other: left to
 * the router, it would be answered before our hooks, without our headers.
 */
export function readableUrl(url: string): string {
  try {
    decodeURIComponent(url.split('?', 1)[0] ?? '');
    const path = url.replace(ORIGIN, '');
    // The `*` of `OPTIONS *` is no path.
    return path.startsWith('/') ? path.replace(CHAT_WITH_SLASH, '/chat') : NOWHERE;
  } catch {
    return NOWHERE;
  }
}

/** Answers what is no HTTP in the contract's envelope, and hangs up. */
export function refuseBrokenRequest(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const code = 'REQUEST.INVALID';
  const details = { fields: ['headers'] };
  const message = errorMessage(code, LANGUAGES[0], details);
  const body = JSON.stringify({ error: { code, message, details } });
  const status = ERROR_STATUS[code];
  const head = {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    'content-security-policy': contentSecurityPolicy(),
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
    'x-request-id': randomUUID(),
    connection: 'close',
  };
  const lines = Object.entries(head).map(([name, value]) => `${name}: ${String(value)}\r\n`);
  socket.end(
    `HTTP/1.1 ${String(status)} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('')}\r\n${body}`,
  );
}
