import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';
import type { DataSource } from 'typeorm';
import { AppModule } from './app.module.js';
import type { Env } from './config/env.schema.js';
import { readableUrl, refuseBrokenRequest } from './platform/broken-requests.js';
import { ErrorFilter } from './platform/error.filter.js';
import { createLogger, NestLog } from './platform/logging.js';
import { acceptJsonOnly } from './platform/json-bodies.js';
import { installHttpHooks, requestId } from './platform/http-hooks.js';
import { Metrics } from './platform/metrics.js';
import { serveMetrics } from './platform/metrics-door.js';
import { serveApiDocs } from './platform/api-docs.js';
import { serveSpa } from './platform/spa.js';
import { rememberRoutes } from './platform/other-methods.js';
import { acceptFiles } from './platform/uploads.js';
import { trustProxy } from './platform/trust-proxy.rules.js';
import { validationPipe } from './platform/validation.js';

/** Largest body accepted, in bytes. */
const BODY_LIMIT = 1024 * 1024;

/**
 * Longest part of an address that a route looks at, in characters: as long as Node lets a whole
 * address be. Fastify answers a longer one before our hooks, without our headers.
 */
const LONGEST_PARAMETER = 16 * 1024;

/**
 * Builds the whole application on an open database, ready to listen.
 * @param dataSource is closed with the application.
 */
export async function createApp(
  env: Env,
  dataSource: DataSource,
  logger: Logger = createLogger(env),
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    logger: false,
    bodyLimit: BODY_LIMIT,
    trustProxy: trustProxy(env.TRUST_PROXY),
    genReqId: requestId,
    rewriteUrl: ({ url = '/' }) => readableUrl(url),
    clientErrorHandler: refuseBrokenRequest,
    forceCloseConnections: 'idle',
    // Refused by a hook of ours instead, with our headers.
    http: { requireHostHeader: false },
    routerOptions: { maxParamLength: LONGEST_PARAMETER },
  });
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.forRoot(env, dataSource),
    adapter,
    { logger: new NestLog(logger), abortOnError: false, bodyParser: false },
  );
  if (env.CORS_ORIGINS) {
    app.enableCors({
      origin: env.CORS_ORIGINS.split(',').map((origin) => origin.trim()),
      methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    });
  }
  app.useGlobalPipes(validationPipe());
  app.useGlobalFilters(new ErrorFilter(rememberRoutes(app.getHttpAdapter().getInstance())));
  acceptJsonOnly(app.getHttpAdapter().getInstance());
  await acceptFiles(app.getHttpAdapter().getInstance());
  const metrics = app.get(Metrics);
  await installHttpHooks(app.getHttpAdapter().getInstance(), env, logger, metrics);
  serveMetrics(app.getHttpAdapter().getInstance(), env, metrics);
  serveApiDocs(app, env);
  await serveSpa(app.getHttpAdapter().getInstance());
  await app.init();
  return app;
}
