import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { OnApplicationShutdown } from '@nestjs/common';
import { PACKAGE_ROOT } from '../platform/package-root.js';
import type { Picked, Picking } from './picked.js';
import type { ReadableText } from './readable-text.js';
import type { ReadingAnswer, ReadingOrder } from './reading-order.js';

/** A page that takes longer is not worth it; a typical one of 500 kB takes 0.1 s. Milliseconds. */
const LIMIT_MS = 4000;
/** After so long without a page the thread's memory is given back, in milliseconds. */
const IDLE_MS = 30_000;
/** More is a page made to use it up. In megabytes. */
const MEMORY_MB = 256;
/** Pages waiting for those before them; more would be too late anyhow. */
const MOST_WAITING = 50;

// Tests run the sources, whose types Node strips by itself.
const FROM_SOURCES = import.meta.url.endsWith('.ts');
const THREAD = new URL(
  FROM_SOURCES ? './reading-thread.ts' : './reading-thread.js',
  import.meta.url,
);
const EXEC_ARGV = FROM_SOURCES
  ? ['--import', join(PACKAGE_ROOT, 'tools/typescript-sources.mjs')]
  : [];

interface Waiting {
  readonly order: ReadingOrder;
  readonly resolve: (answer: ReadingAnswer) => void;
  readonly reject: (error: Error) => void;
}

/** A page that could not be read: too long in the reading, too large, or broken. */
export class UnreadablePage extends Error {
  override readonly name = 'UnreadablePage';
}

/**
 * Reads pages one after the other on a thread of its own, which begins with the first page, ends
 * when nothing is to be read, and is ended where a page takes too long.
 */
export class PageReader implements OnApplicationShutdown {
  private readonly waiting: Waiting[] = [];
  private reading: Waiting | undefined;
  private worker: Worker | undefined;
  private limit: NodeJS.Timeout | undefined;
  private idle: NodeJS.Timeout | undefined;

  /** @param limitMs after so long a page is given up. */
  constructor(private readonly limitMs = LIMIT_MS) {}

  async onApplicationShutdown(): Promise<void> {
    for (const { reject } of this.waiting.splice(0)) reject(new UnreadablePage('stopping'));
    await this.end('stopping');
  }

  /**
   * What a page says. The signal ends the waiting only; a page that is being read is read on.
   * @param address where it was found.
   * @throws {UnreadablePage} and the signal's reason.
   */
  async read(html: string, address: string, signal?: AbortSignal): Promise<ReadableText> {
    const answer = await this.ask({ read: { html, address } }, signal);
    if ('page' in answer) return answer.page;
    throw new UnreadablePage('failed' in answer ? answer.failed : 'another answer');
  }

  /** Parts of a page of which the structure is known. @throws like `read`. */
  async pick(html: string, picking: Picking, signal?: AbortSignal): Promise<Picked> {
    const answer = await this.ask({ pick: { html, picking } }, signal);
    if ('picked' in answer) return answer.picked;
    throw new UnreadablePage('failed' in answer ? answer.failed : 'another answer');
  }

  private async ask(order: ReadingOrder, signal?: AbortSignal): Promise<ReadingAnswer> {
    signal?.throwIfAborted();
    if (this.waiting.length >= MOST_WAITING) {
      throw new UnreadablePage('too many pages are waiting');
    }
    const { promise, resolve, reject } = Promise.withResolvers<ReadingAnswer>();
    const own = { order, resolve, reject };
    const leave = (): void => {
      const at = this.waiting.indexOf(own);
      if (at >= 0) this.waiting.splice(at, 1);
      reject(signal?.reason as Error);
    };
    signal?.addEventListener('abort', leave, { once: true });
    this.waiting.push(own);
    this.next();
    try {
      return await promise;
    } finally {
      signal?.removeEventListener('abort', leave);
    }
  }

  private next(): void {
    if (this.reading) return;
    clearTimeout(this.idle);
    this.reading = this.waiting.shift();
    if (!this.reading) {
      this.idle = setTimeout(() => void this.end('idle'), IDLE_MS).unref();
      return;
    }
    this.worker ??= this.start();
    this.limit = setTimeout(() => void this.end('took too long'), this.limitMs);
    this.worker.ref();
    this.worker.postMessage(this.reading.order);
  }

  private start(): Worker {
    const worker = new Worker(THREAD, {
      execArgv: EXEC_ARGV,
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    });
    worker.on('message', (answer: ReadingAnswer) => {
      worker.unref();
      this.settle()?.resolve(answer);
      this.next();
    });
    const gone = (why: string): void => {
      if (this.worker !== worker) return; // Ended by us: what it was at is told already.
      this.worker = undefined;
      this.settle()?.reject(new UnreadablePage(why));
      this.next();
    };
    worker.on('error', (error) => {
      gone(String(error));
    });
    worker.on('exit', () => {
      gone('the thread ended');
    });
    return worker;
  }

  /** The page that is no longer being read. */
  private settle(): Waiting | undefined {
    clearTimeout(this.limit);
    const { reading } = this;
    this.reading = undefined;
    return reading;
  }

  private async end(why: string): Promise<void> {
    const { worker } = this;
    this.worker = undefined;
    this.settle()?.reject(new UnreadablePage(why));
    if (this.waiting.length > 0) this.next();
    else clearTimeout(this.idle);
    await worker?.terminate();
  }
}
