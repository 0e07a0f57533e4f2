import { randomUUID } from 'node:crypto';
import fastifyCookie from '@fastify/cookie';
import fastifyHelmet from '@fastify/helmet';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Env } from '../config/env.schema.js';
import { watchRequests } from './access-log.js';
import { CONTENT_SECURITY_POLICY } from './content-security-policy.js';
import { DomainError } from './domain-error.js';
import type { Metrics } from './metrics.js';

/** How often a stopping server looks for connections that have fallen idle. */
const IDLE_CHECK_MS = 50;

/** Where what is wrong with a request is, when it is neither its address nor its body. */
const HEADERS = { fields: ['headers'] };

const REQUEST_ID = /^[\w.-]{1,64}$/;

/** Routes whose answers may be kept by a browser or a proxy: the app's own files. */
const isApi = (url: string) =>
  /^\/(api|v1|chat|ask|training|auth|health|metrics|docs-json)(\/|\?|$)/.test(url);

/** The caller's own `X-Request-Id` where it is a plain name, else a new one. */
export function requestId(request: Pick<IncomingMessage, 'headers'>): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
}

/** Request ids, security headers, cookies, and one log line and measurement a request. */
export async function installHttpHooks(
  fastify: FastifyInstance,
  env: Env,
  logger: Logger,
  metrics: Metrics,
): Promise<void> {
  const https = env.PUBLIC_URL?.startsWith('https:') === true;
  await fastify.register(fastifyCookie);
  await fastify.register(fastifyHelmet, {
    contentSecurityPolicy: { useDefaults: false, directives: CONTENT_SECURITY_POLICY },
    strictTransportSecurity: https ? { maxAge: 31_536_000, includeSubDomains: true } : false,
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
  });
  closePromptly(fastify);
  passOverExpectations(fastify);
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-request-id', request.id);
    if (isApi(request.url)) {
      void reply.header('cache-control', 'no-store');
    }
    done(lacksHost(request.raw) ? new DomainError('REQUEST.INVALID', HEADERS) : undefined);
  });
  watchRequests(fastify, logger, metrics);
}

/** HTTP/1.1 must name the host that it is sent to (RFC 9112, section 3.2). */
const lacksHost = ({ httpVersion, headers }: IncomingMessage) =>
  httpVersion !== '1.0' && headers.host === undefined;

/**
 * Answers a request whose `Expect` nobody knows as if it were not there (RFC 9110, section 10.1.1):
 * Node would answer 417 by itself, without our headers.
 */
function passOverExpectations(fastify: FastifyInstance): void {
  fastify.server.on('checkExpectation', (request, response) => {
    fastify.server.emit('request', request, response);
  });
}

/**
 * Lets a stop end as soon as the last answer has: a browser's connection that falls idle after the
 * server has begun to close would otherwise hold it for the whole keep-alive time.
 */
function closePromptly(fastify: FastifyInstance): void {
  const open = new Set<Socket>();
  fastify.server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  fastify.addHook('preClose', (done) => {
    const timer = setInterval(() => {
      fastify.server.closeIdleConnections();
      // To Node those over which nothing was ever asked are not idle: it would wait for them.
      for (const socket of open) if (socket.bytesRead === 0) socket.destroy();
    }, IDLE_CHECK_MS);
    fastify.server.once('close', () => {
      clearInterval(timer);
    });
    done();
  });
}
