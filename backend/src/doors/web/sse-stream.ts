import type { ServerResponse } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { coalesce } from '../../answering/event-log/coalesce.rules.js';
import type { EventListener, LoggedEvent } from '../../answering/event-log/logged-event.js';
import type { Language } from '../../platform/language.rules.js';
import { toFrame } from './sse-frame.rules.js';

/** A reader with this much unsent, in bytes, is cut off; it resumes where it was. */
const MOST_UNSENT = 1024 * 1024;

const NOTHING: LoggedEvent[] = [];

/** Those that have something to send; one look at them a turn of the event loop. */
let due: SseStream[] = [];

function flushSoon(stream: SseStream): void {
  if (due.length === 0) setImmediate(flushAll);
  due.push(stream);
}

function flushAll(): void {
  const streams = due;
  due = [];
  for (const stream of streams) stream.flush();
}

/** Writes answer events to one reader, as server-sent events. */
export class SseStream {
  private readonly raw: ServerResponse;
  private readonly request: FastifyRequest;
  private waiting = NOTHING;
  private readonly heartbeat: NodeJS.Timeout;

  /**
   * Takes the reply over and sends its head.
   * @param stillAllowed asked at each {@link check}; the stream ends when it says no.
   * @param heartbeatMs between two signs of life, which keep proxies from closing a quiet
   * connection; they usually wait 60 s.
   */
  constructor(
    reply: FastifyReply,
    private readonly language: Language,
    private readonly stillAllowed: () => Promise<boolean>,
    heartbeatMs: number,
  ) {
    this.request = reply.request;
    this.request.streamOutcome = 'left';
    reply.hijack();
    this.raw = reply.raw;
    this.raw.writeHead(200, {
      ...(reply.getHeaders() as Record<string, string>),
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    });
    this.raw.flushHeaders();
    this.raw.socket?.setNoDelay(true);
    this.heartbeat = setInterval(() => {
      this.write(': still here\n\n');
      void this.check();
    }, heartbeatMs).unref();
  }

  /** Asks whether its reader may still read, and ends the stream otherwise. Done at each heartbeat. */
  async check(): Promise<void> {
    if (!(await this.stillAllowed())) {
      this.request.streamOutcome = 'signed-out';
      this.raw.destroy();
    }
  }

  /** Called once, when the reader has left or the stream has ended. */
  onClose(closed: () => void): void {
    const end = () => {
      clearInterval(this.heartbeat);
      closed();
    };
    if (this.raw.destroyed) {
      end(); // Left before the stream began.
    } else {
      this.raw.once('close', end);
    }
  }

  /** Sends an event together with whatever else is ready in this turn of the event loop. */
  readonly send: EventListener = (event) => {
    if (this.waiting === NOTHING) {
      this.waiting = [event];
      flushSoon(this);
    } else {
      this.waiting.push(event);
    }
  };

  /** Writes what waits. */
  flush(): void {
    const events = coalesce(this.waiting);
    this.waiting = NOTHING;
    if (this.raw.destroyed || this.raw.writableEnded) {
      return;
    }
    let text = '';
    for (const event of events) text += toFrame(event, this.language);
    this.write(text);
    const last = events.at(-1)?.event;
    if (last?.type === 'done' || last?.type === 'reconnect') {
      this.request.streamOutcome = last.type === 'done' ? last.status : 'reconnect';
      this.raw.end();
    } else if (this.raw.writableLength > MOST_UNSENT) {
      this.request.streamOutcome = 'too-slow';
      this.raw.destroy();
    }
  }

  /**
   * One write of one string: Node would cut a chunk in three and gather them again, which takes a
   * quarter more of the time for a token.
   */
  private write(text: string): void {
    const { socket } = this.raw;
    // A reply of HTTP/1.0 has no chunks; one without a socket waits for an earlier one.
    if (!this.raw.chunkedEncoding || !socket) {
      this.raw.write(text);
      return;
    }
    socket.write(`${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`);
  }
}
