import http from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A load balancer: passes each request to the next server that is ready for it. */
export interface HttpProxy {
  readonly url: string;
  /** Servers as `http://host:port`; requests under way stay where they are. */
  targets: readonly string[];
  /** What was passed on, oldest first. */
  readonly passed: readonly { readonly target: string; readonly request: string }[];
  close(): Promise<void>;
}

/** Passes requests on in turns, as they are, without a buffer for the answers. */
export async function startHttpProxy(targets: readonly string[]): Promise<HttpProxy> {
  const passed: { target: string; request: string }[] = [];
  let turn = 0;
  const server = http.createServer((request, reply) => {
    balance(request, reply).catch(() => reply.destroy());
  });

  async function balance(request: IncomingMessage, reply: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    turn += 1;
    const from = turn % proxy.targets.length;
    for (const target of [...proxy.targets.slice(from), ...proxy.targets.slice(0, from)]) {
      if (!(await isReady(target))) continue;
      passed.push({ target, request: `${String(request.method)} ${String(request.url)}` });
      return passOn(target, request, Buffer.concat(parts), reply);
    }
    reply.writeHead(502).end();
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const proxy: HttpProxy = {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    targets,
    passed,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
  return proxy;
}

const isReady = (target: string): Promise<boolean> =>
  fetch(`${target}/health/ready`).then(
    ({ ok }) => ok,
    () => false,
  );

/** A server that breaks off breaks the answer off here as well. */
function passOn(
  target: string,
  { method, url, headers }: IncomingMessage,
  body: Buffer,
  reply: ServerResponse,
): void {
  const asked = http.request(`${target}${String(url)}`, { method, headers, agent: false });
  asked.on('response', (answer) => {
    reply.writeHead(answer.statusCode ?? 502, answer.headers);
    reply.flushHeaders();
    answer.on('close', () => {
      if (!answer.complete) reply.destroy();
    });
    answer.pipe(reply);
  });
  asked.on('error', () => reply.destroy());
  reply.on('close', () => asked.destroy());
  asked.end(body);
}
