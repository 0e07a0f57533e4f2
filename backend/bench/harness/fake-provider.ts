// A provider that costs next to nothing: OpenAI's chat completions, each token stamped with the
// time at which it is written. Frames go to the socket as chunks made by hand, for a third of the
// price of `response.write`.
import http, { type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { stampedToken } from './clock.ts';
import { serveCalls } from './worker.ts';

export interface Pace {
  /** Before the first token, in milliseconds. */
  readonly thinkMs: number;
  readonly tokensPerSecond: number;
  /** Tokens an answer; Infinity (null on the wire): until told to end. */
  readonly tokens: number | null;
}

interface Stream {
  readonly socket: Socket;
  readonly response: ServerResponse;
  left: number;
}

const TICK_MS = 1;
let pace: Pace = { thinkMs: 60, tokensPerSecond: 8, tokens: 80 };
/** Streams by the moment of their turn, so that a tick touches only those that are due. */
let slots: Set<Stream>[] = [];
let at = 0;
let last = performance.now();

const frame = (choice: string) =>
  `data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"fake","choices":[${choice}]}\n\n`;
const chunk = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`;
const ROLE = frame('{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}');
const STOP = frame('{"index":0,"delta":{},"finish_reason":"stop"}');
const COUNTS =
  'data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"fake","choices":[],"usage":{"prompt_tokens":9,"completion_tokens":9,"total_tokens":18}}\n\n';
const token = () =>
  frame(`{"index":0,"delta":{"content":"${stampedToken()}"},"finish_reason":null}`);

function send(stream: Stream, before = ''): void {
  stream.socket.write(chunk(before + token()), 'latin1');
  stream.left -= 1;
}

function end(stream: Stream): void {
  stream.response.end(`${STOP}${COUNTS}data: [DONE]\n\n`);
}

function start(response: ServerResponse): void {
  const { socket } = response;
  if (!socket || response.destroyed) return;
  const stream = { socket, response, left: pace.tokens ?? Infinity };
  send(stream, ROLE);
  const slot = slots[at];
  slot?.add(stream);
  response.once('close', () => slot?.delete(stream));
}

function tick(): void {
  const passed = Math.min(slots.length, Math.floor((performance.now() - last) / TICK_MS));
  last += passed * TICK_MS;
  for (let step = 0; step < passed; step += 1) {
    at = (at + 1) % slots.length;
    for (const stream of slots[at] ?? []) {
      if (stream.left > 0) {
        send(stream);
      } else {
        slots[at]?.delete(stream);
        end(stream);
      }
    }
  }
}

const server = http.createServer((request, response) => {
  if (!request.url?.endsWith('/chat/completions')) {
    response.setHeader('content-type', 'application/json');
    response.end('{"object":"list","data":[{"id":"fake","object":"model"}]}');
    return;
  }
  request.resume().once('end', () => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.flushHeaders();
    response.socket?.setNoDelay(true);
    setTimeout(start, pace.thinkMs, response);
  });
});
server.keepAliveTimeout = 60_000;

const methods = {
  listen: (): Promise<string> =>
    new Promise((resolve) => {
      server.listen(0, '127.0.0.1', 4096, () => {
        resolve(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}/v1`);
      });
    }),
  setPace: (next: Pace): void => {
    pace = next;
    const period = Math.round(1000 / pace.tokensPerSecond / TICK_MS);
    slots = Array.from({ length: period }, () => new Set<Stream>());
    at = 0;
  },
  /** Ends every answer that is being given. */
  endAll: (): void => {
    for (const slot of slots) {
      for (const stream of slot) end(stream);
      slot.clear();
    }
  },
};
export type FakeProvider = typeof methods;

methods.setPace(pace);
setInterval(tick, TICK_MS);
serveCalls(methods);
