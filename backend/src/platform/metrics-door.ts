import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { Env } from '../config/env.schema.js';
import { DomainError } from './domain-error.js';
import { sendError } from './error.filter.js';
import type { Metrics } from './metrics.js';

/** Whether a request may read the metrics. */
export type MayRead = (authorization: string | undefined) => boolean;

/** Asks for `METRICS_TOKEN` where there is one. */
export function metricsGuard({ METRICS_TOKEN }: Pick<Env, 'METRICS_TOKEN'>): MayRead {
  if (METRICS_TOKEN === undefined) {
    return () => true;
  }
  const expected = digest(`Bearer ${METRICS_TOKEN}`);
  return (authorization) => timingSafeEqual(digest(authorization ?? ''), expected);
}

/**
 * Serves `/metrics` beside the API, only where a token guards it: without one, or with a port of
 * their own, there is nothing at that address.
 */
export function serveMetrics(fastify: FastifyInstance, env: Env, metrics: Metrics): void {
  if (env.METRICS_TOKEN === undefined || env.METRICS_PORT !== undefined) {
    return;
  }
  metrics.watchProcess();
  const mayRead = metricsGuard(env);
  fastify.get('/metrics', async (request, reply) => {
    if (!mayRead(request.headers.authorization)) {
      void reply.header('www-authenticate', 'Bearer');
      sendError(request, reply, new DomainError('AUTH.REQUIRED'));
      return reply;
    }
    return reply.type(metrics.contentType).send(await metrics.text());
  });
}

/** Of equal length whatever is hashed, so that comparing takes equally long. */
const digest = (text: string) => createHash('sha256').update(text).digest();
