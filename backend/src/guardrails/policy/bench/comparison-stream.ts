import { once } from 'node:events';
import type { FastifyReply } from 'fastify';
import { type ComparisonEvent, toComparisonView } from './comparison-view.rules.js';

/** A comparison going on for a reader; ends when the reader leaves. */
export class ReaderGone {
  private readonly controller = new AbortController();

  constructor({ raw }: FastifyReply) {
    raw.once('close', () => {
      this.controller.abort();
    });
  }

  /** Aborted once nobody reads any more. */
  get signal(): AbortSignal {
    return this.controller.signal;
  }
}

/** Sends a comparison as server-sent events, no faster than it is read. */
export async function streamComparison(
  reply: FastifyReply,
  events: AsyncGenerator<ComparisonEvent>,
  signal: AbortSignal,
): Promise<void> {
  reply.request.streamOutcome = 'left';
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store, no-transform',
    'x-accel-buffering': 'no',
  });
  try {
    for await (const told of events) {
      const { event, data } = toComparisonView(told);
      const room = raw.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
      if (!room) await once(raw, 'drain', { signal });
    }
    reply.request.streamOutcome = 'done';
    raw.end();
  } catch (error) {
    raw.destroy();
    if (!signal.aborted) throw error;
  }
}
