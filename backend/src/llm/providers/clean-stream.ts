import type { IncomingMessage } from 'node:http';
import { ConnectionLost } from '../failure.rules.js';
import type { CompletionChunk, SseGarbage } from './sse-chunk.rules.js';
import { SseFilter } from './sse-filter.js';

/** How long a server may keep a connection open after `[DONE]` before we drop it. */
const DRAIN_MS = 1000;

/** A network error in a form that survives the SDK; an abort stays what it is. */
export function lost(error: NodeJS.ErrnoException): Error {
  return error.name === 'AbortError' ? error : new ConnectionLost(error.code ?? '', error);
}

/**
 * The source of a `ReadableStream`: an answer's bytes as clean chunks, each passed on in the turn
 * of the event loop in which its frame became whole.
 */
export class CleanStream {
  private readonly filter = new SseFilter();
  private failure: Error | undefined;
  private open = true;

  constructor(
    private readonly answer: IncomingMessage,
    private readonly onGarbage: ((garbage: SseGarbage) => void) | undefined,
  ) {}

  start(reader: ReadableStreamDefaultController<CompletionChunk>): void {
    this.answer.on('data', (bytes: Buffer) => {
      this.pass(reader, () => this.filter.push(bytes), this.filter);
    });
    this.answer.on('end', () => {
      this.pass(reader, () => this.filter.end(), { done: true });
    });
    this.answer.on('error', (error) => {
      this.fail(reader, lost(error));
    });
  }

  pull(reader: ReadableStreamDefaultController<CompletionChunk>): void {
    if (this.failure) this.fail(reader, this.failure);
    else this.answer.resume();
  }

  cancel(): void {
    this.close();
    this.answer.destroy();
  }

  private pass(
    reader: ReadableStreamDefaultController<CompletionChunk>,
    chunks: () => readonly CompletionChunk[],
    end: { readonly done: boolean },
  ): void {
    if (!this.open || this.failure) return;
    try {
      for (const chunk of chunks()) reader.enqueue(chunk);
    } catch (error) {
      this.fail(reader, error as Error);
      return;
    }
    if (end.done) {
      this.close();
      reader.close();
      drain(this.answer);
    } else if ((reader.desiredSize ?? 0) <= 0) this.answer.pause();
  }

  /** Tells the reader, once it has taken what is queued: an error would throw that away. */
  private fail(reader: ReadableStreamDefaultController<CompletionChunk>, error: Error): void {
    if (!this.open) return;
    this.failure = error;
    this.answer.destroy();
    if ((reader.desiredSize ?? 0) < 1) return;
    this.close();
    reader.error(error);
  }

  private close(): void {
    if (!this.open) return;
    this.open = false;
    const { badFrames, unknownEvents, unknownFields } = this.filter.garbage;
    if (badFrames + unknownEvents + unknownFields > 0) this.onGarbage?.(this.filter.garbage);
  }
}

/** Reads to the end, so that the connection can be used again; not for ever. */
function drain(answer: IncomingMessage): void {
  answer.resume();
  const timer = setTimeout(() => answer.destroy(), DRAIN_MS);
  answer.once('close', () => {
    clearTimeout(timer);
  });
}
