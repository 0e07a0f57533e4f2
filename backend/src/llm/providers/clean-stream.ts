import type { IncomingMessage } from 'node:http';
import { ConnectionLost } from '../failure.rules.js';
import type { SaidChunk } from '../said-chunk.js';
import type { ErrorChunk, SseGarbage } from './sse-chunk.rules.js';
import { type SseChunk, SseFilter } from './sse-filter.js';

/** How long a server may keep a connection open after `[DONE]` before we drop it. */
const DRAIN_MS = 1000;

/** A network error in a form that survives the SDK; an abort stays what it is. */
export function lost(error: NodeJS.ErrnoException): Error {
  return error.name === 'AbortError' ? error : new ConnectionLost(error.code ?? '', error);
}

/** A provider's error in the middle of its stream. */
class ErrorFrame extends Error {
  override readonly name = 'ErrorFrame';
  readonly code: unknown;
  readonly type: unknown;

  constructor({ error }: ErrorChunk) {
    const said = typeof error === 'object' && error !== null ? error : {};
    super('message' in said ? String(said.message) : JSON.stringify(error));
    this.code = 'code' in said ? said.code : undefined;
    this.type = 'type' in said ? said.type : undefined;
  }
}

const ENDED: IteratorReturnResult<undefined> = { done: true, value: undefined };

type Next = PromiseWithResolvers<IteratorResult<SaidChunk, undefined>>;

/**
 * An answer's bytes as clean chunks, each handed over in the turn of the event loop in which its
 * frame became whole, for one reader. An iterator of its own: a `ReadableStream` between the two
 * and a generator around it took twice the promises for a token.
 */
export class CleanStream implements AsyncIterator<SaidChunk, undefined> {
  private readonly filter = new SseFilter();
  private chunks: readonly SseChunk[] = [];
  /** How many of the chunks are taken. */
  private taken = 0;
  /** Of whoever waits for the next chunk. */
  private resolve: Next['resolve'] | undefined;
  private reject: Next['reject'] | undefined;
  private failure: Error | undefined;
  /** Until the answer has ended, failed or been left. */
  private open = true;

  constructor(
    private readonly answer: IncomingMessage,
    private readonly onGarbage: ((garbage: SseGarbage) => void) | undefined,
  ) {
    answer.on('data', (bytes: Buffer) => {
      this.pass(() => this.filter.push(bytes));
      if (this.filter.done) this.end();
    });
    answer.on('end', () => {
      this.pass(() => this.filter.end());
      this.end();
    });
    answer.on('error', (error) => {
      this.fail(lost(error));
    });
  }

  /** The next chunk; what came before a failure comes before that. @throws what broke the answer. */
  next(): Promise<IteratorResult<SaidChunk, undefined>> {
    return new Promise(this.wait);
  }

  // Made once: each token waits anew.
  private readonly wait = (resolve: Next['resolve'], reject: Next['reject']): void => {
    this.resolve = resolve;
    this.reject = reject;
    this.serve();
  };

  /** Its reader leaves. */
  return(): Promise<IteratorResult<SaidChunk, undefined>> {
    this.leave();
    this.serve();
    return Promise.resolve(ENDED);
  }

  private leave(): void {
    if (this.open) this.close();
    this.chunks = [];
    this.answer.destroy();
  }

  /** Gives whoever waits what there is. */
  private serve(): void {
    const { resolve, reject, failure } = this;
    if (!resolve || !reject) return;
    const chunk = this.chunks[this.taken];
    if (chunk === undefined && !failure && this.open) return;
    this.resolve = undefined;
    this.reject = undefined;
    if (chunk !== undefined) {
      this.taken += 1;
      if ('error' in chunk) {
        this.leave();
        reject(new ErrorFrame(chunk));
      } else resolve({ done: false, value: chunk });
    } else if (failure) {
      this.failure = undefined;
      reject(failure);
    } else resolve(ENDED);
    if (this.taken >= this.chunks.length && this.open && this.answer.isPaused()) {
      this.answer.resume();
    }
  }

  private pass(come: () => readonly SseChunk[]): void {
    if (!this.open) return;
    let chunks: readonly SseChunk[];
    try {
      chunks = come();
    } catch (error) {
      this.fail(error as Error);
      return;
    }
    if (chunks.length === 0) return;
    // Nothing is left of earlier ones, as a rule: while anything waits the answer is paused.
    const isRead = this.taken >= this.chunks.length;
    this.chunks = isRead ? chunks : [...this.chunks.slice(this.taken), ...chunks];
    this.taken = 0;
    this.serve();
    if (this.taken < this.chunks.length) this.answer.pause();
  }

  private end(): void {
    if (!this.open) return;
    this.close();
    drain(this.answer);
    this.serve();
  }

  private fail(error: Error): void {
    if (!this.open) return;
    this.failure = error;
    this.close();
    this.answer.destroy();
    this.serve();
  }

  private close(): void {
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
