import { ApplicationRef, inject, Service } from '@angular/core';

/**
 * A piece of work that can be done bit by bit. Does about as much as `characters` of text ask for
 * and says how many it took; 0 when there is nothing left to do.
 */
export type PacedWork = (characters: number) => number;

/** What making text may take of a frame, painting included, in milliseconds. */
const GOOD_MS = 6;
/** Characters of markdown a frame: a slow phone takes twenty times what a desk does. */
const FEWEST = 400;
const MOST = 16_000;
const AT_FIRST = 2_000;

/**
 * Spreads the making of long texts over frames, so that the page goes on scrolling and answering
 * keys. How much is done in one follows from what the last one took.
 */
@Service()
export class RenderPace {
  private readonly application = inject(ApplicationRef);
  private readonly waiting = new Set<PacedWork>();
  private allowance = AT_FIRST;
  private asked = false;
  private printing = false;

  constructor() {
    // Before those who draw what is to be printed.
    addEventListener('beforeprint', () => this.finish(), { capture: true });
    addEventListener('afterprint', () => (this.printing = false));
  }

  /** Takes on a piece of work; a second time changes nothing. */
  add(work: PacedWork): void {
    if (this.printing) {
      finish(work);
      return;
    }
    this.waiting.add(work);
    this.next();
  }

  drop(work: PacedWork): void {
    this.waiting.delete(work);
  }

  /** Paper does not wait. */
  private finish(): void {
    this.printing = true;
    for (const work of this.waiting) finish(work);
    this.waiting.clear();
  }

  private next(): void {
    if (this.asked || this.waiting.size === 0) return;
    this.asked = true;
    // A hidden tab gets no animation frames.
    if (document.visibilityState === 'hidden') setTimeout(() => this.run());
    else requestAnimationFrame(() => this.run());
  }

  private run(): void {
    const start = performance.now();
    let left = this.allowance;
    for (const work of this.waiting) {
      const taken = work(left);
      if (taken === 0) this.waiting.delete(work);
      left -= taken;
      if (left <= 0) break;
    }
    // In this frame, so that the next line measures it.
    this.application.tick();
    // A timer comes after the frame has been laid out and painted.
    setTimeout(() => {
      this.adapt(performance.now() - start, left <= 0);
      this.asked = false;
      this.next();
    });
  }

  private adapt(ms: number, usedUp: boolean): void {
    if (ms > GOOD_MS) this.allowance = Math.max(FEWEST, this.allowance / 2);
    else if (usedUp && ms < GOOD_MS / 2) this.allowance = Math.min(MOST, this.allowance * 1.25);
  }
}

function finish(work: PacedWork): void {
  while (work(Infinity) > 0);
}
