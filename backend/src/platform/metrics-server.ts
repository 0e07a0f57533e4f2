import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { ENV } from '../config/config.module.js';
import type { Env } from '../config/env.schema.js';
import { Metrics } from './metrics.js';
import { metricsGuard } from './metrics-door.js';

/** The metrics on a port of their own (`METRICS_PORT`), which no proxy passes on to the world. */
@Injectable()
export class MetricsServer implements OnApplicationShutdown {
  private readonly server = createServer(
    (request, response) => void this.answer(request, response),
  );
  private readonly mayRead;

  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly metrics: Metrics,
  ) {
    this.mayRead = metricsGuard(env);
  }

  /** The port it listens on; undefined when it does not. */
  get port(): number | undefined {
    return (this.server.address() as AddressInfo | null)?.port;
  }

  /** Listens, if there is a port for it. @throws {Error} the system's, when it cannot. */
  async listen(): Promise<void> {
    const { METRICS_PORT, HOST } = this.env;
    if (METRICS_PORT === undefined) {
      return;
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.server.once('error', reject);
    this.server.listen(METRICS_PORT, HOST, resolve);
    await promise;
    this.metrics.watchProcess();
  }

  /** Last of all, so that the end can be watched too. */
  onApplicationShutdown(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url?.split('?', 1)[0] !== '/metrics' || request.method !== 'GET') {
      response.writeHead(404).end();
      return;
    }
    if (!this.mayRead(request.headers.authorization)) {
      response.writeHead(401, { 'www-authenticate': 'Bearer' }).end();
      return;
    }
    const text = await this.metrics.text();
    response.writeHead(200, { 'content-type': this.metrics.contentType }).end(text);
  }
}
