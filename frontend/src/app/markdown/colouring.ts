import { Service } from '@angular/core';
import { colouredMarkup, isColoured } from './highlight';

/** What the worker is asked, and what it answers. */
export interface ColouringOrder {
  readonly id: number;
  readonly language: string;
  readonly code: string;
}
export interface ColouringReply {
  readonly id: number;
  readonly markup: string | null;
}

/** Colours code beside the page: reading a screen of it takes as long as a frame or two. */
@Service()
export class Colouring {
  private readonly waiting = new Map<number, (markup: string | null) => void>();
  private worker: Worker | null = null;
  private lastId = 0;

  /**
   * Colours a piece of code.
   * @returns highlight.js's markup; null when the code stays as it is.
   */
  colour(language: string, code: string): Promise<string | null> {
    if (!isColoured(language, code.length)) return Promise.resolve(null);
    // jsdom has no workers.
    if (typeof Worker === 'undefined') return colouredMarkup(language, code);
    this.worker ??= this.start();
    const order: ColouringOrder = { id: ++this.lastId, language, code };
    this.worker.postMessage(order);
    return new Promise((done) => this.waiting.set(order.id, done));
  }

  private start(): Worker {
    const worker = new Worker(new URL('./colouring.worker', import.meta.url), { type: 'module' });
    worker.addEventListener('message', ({ data }: MessageEvent<ColouringReply>) => {
      this.waiting.get(data.id)?.(data.markup);
      this.waiting.delete(data.id);
    });
    // Its file cannot be fetched: what waits stays as it is, and the next one asks again.
    worker.addEventListener('error', () => {
      worker.terminate();
      this.worker = null;
      for (const done of this.waiting.values()) done(null);
      this.waiting.clear();
    });
    return worker;
  }
}
