import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { Metrics } from './metrics.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set once an answer is an event stream: how it ended, so far. */
    streamOutcome?: string;
  }
}

/** What nginx logs for a caller who left before the answer; no standard has a number for it. */
const LEFT = 499;

/** Asked every few seconds by machines, which would drown everything else. */
const QUIET = /^\/(health|metrics)(\/|$)/;

/**
 * One log line and one measurement a request, when the last of its answer was sent or its caller
 * has left: of event streams too, which Fastify knows nothing of.
 */
export function watchRequests(fastify: FastifyInstance, logger: Logger, metrics: Metrics): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    const startedAt = performance.now();
    reply.raw.once('close', () => {
      tell(request, reply, performance.now() - startedAt, logger, metrics);
    });
    done();
  });
}

function tell(
  request: FastifyRequest,
  reply: FastifyReply,
  ms: number,
  logger: Logger,
  metrics: Metrics,
): void {
  const { method, streamOutcome } = request;
  // The pattern, not the address: a search is private.
  const route = request.routeOptions.url ?? 'none';
  const status = reply.raw.headersSent ? reply.raw.statusCode : LEFT;
  metrics.countRequest({ route, method, status, seconds: ms / 1000, streamOutcome });
  logger[QUIET.test(route) ? 'debug' : 'info']({
    requestId: request.id,
    method,
    route,
    status,
    ms: Math.round(ms),
    userId: request.caller?.id,
    ...(streamOutcome === undefined ? {} : { stream: streamOutcome }),
  });
}
