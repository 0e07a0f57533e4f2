import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the server was asked, with its body. */
export interface WebRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A server of which a test says what it answers. */
export interface WebServer {
  /** `http://127.0.0.1:port` */
  readonly url: string;
  readonly port: number;
  readonly requests: WebRequest[];
  answer: (request: WebRequest, reply: ServerResponse) => void;
  close(): Promise<void>;
}

/** Stands for a search provider or for the sites of the web. */
export async function startWebServer(): Promise<WebServer> {
  const requests: WebRequest[] = [];
  const listener = createServer((incoming, reply) => {
    const parts: Buffer[] = [];
    incoming.on('data', (part: Buffer) => parts.push(part));
    incoming.on('end', () => {
      const request = {
        method: incoming.method ?? '',
        url: new URL(incoming.url ?? '/', `http://${incoming.headers.host ?? 'none'}`),
        headers: incoming.headers,
        body: Buffer.concat(parts).toString(),
      };
      requests.push(request);
      server.answer(request, reply);
    });
  });
  await new Promise<void>((done) => listener.listen(0, '127.0.0.1', done));
  const { port } = listener.address() as AddressInfo;
  const server: WebServer = {
    ...{ url: `http://127.0.0.1:${String(port)}`, port, requests },
    answer: (_, reply) => void reply.writeHead(500).end(),
    async close() {
      listener.closeAllConnections();
      await new Promise((done) => listener.close(done));
    },
  };
  return server;
}

export const sendJson = (reply: ServerResponse, body: unknown, status = 200): void => {
  reply.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
};

export const sendHtml = (reply: ServerResponse, body: string, status = 200): void => {
  reply.writeHead(status, { 'content-type': 'text/html; charset=utf-8' }).end(body);
};
