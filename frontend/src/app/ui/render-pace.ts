import { ApplicationRef, inject, Service } from '@angular/core';

/**
 * A piece of work that can be done bit by bit. Does about as much as `characters` of text ask for
 * and says how many it took; 0 when there is nothing left to do.
 */
export type PacedWork = (characters: number) => number;

/** What making text may take of a frame, painting included, in milliseconds. */
const GOOD_MS = 4;
/** Characters of markdown a frame: a slow phone takes twenty times what a desk does. */
const FEWEST = 400;
const MOST = 16_000;
const AT_FIRST = 1_500;
/** What nobody waits for is made when nothing else was made and nothing scrolled for so long. */
const STILL_MS = 120;

/**
 * Spreads the making of what is shown over frames, so that the page goes on scrolling and answering
 * keys. A frame makes text, as much as follows from what the last one took; where no text waits, one
 * row; and once the page is still, one thing that nobody waits for.
 */
@Service()
export class RenderPace {
  private readonly application = inject(ApplicationRef);
  private readonly texts = new Set<PacedWork>();
  private readonly rows = new Set<() => void>();
  private readonly rest = new Set<() => void>();
  private allowance = AT_FIRST;
  private asked = false;
  private movedAt = -Infinity;
  /** Rows came or went in this frame: that is work enough for it. */
  private rowsChanged = false;
  private putOff = false;
  private wake: ReturnType<typeof setTimeout> | null = null;
  private printing = false;

  constructor() {
    // Before those who draw what is to be printed.
    addEventListener('beforeprint', () => this.finish(), { capture: true });
    addEventListener('afterprint', () => (this.printing = false));
  }

  /** Takes on the making of a text; a second time changes nothing. */
  add(work: PacedWork): void {
    if (this.printing) {
      finish(work);
      return;
    }
    this.texts.add(work);
    this.next();
  }

  /** Makes a row, or a part of a page, that is not seen yet. */
  addRow(make: () => void): void {
    this.rows.add(make);
    this.next();
  }

  /** Makes what nobody waits for. */
  addLast(make: () => void): void {
    this.rest.add(make);
    this.next();
  }

  /** The page scrolls: frames are needed for that. */
  heedMove(): void {
    this.movedAt = performance.now();
  }

  /** Rows came or went, which takes a good part of this frame. */
  heedRows(): void {
    this.rowsChanged = true;
  }

  /** Whether something else is to be made, or the page scrolls or did a moment ago. */
  isBusy(): boolean {
    const waits = this.texts.size + this.rows.size > 0;
    return waits || performance.now() - this.movedAt < STILL_MS;
  }

  /** What is gone from the page need not be made. */
  drop(work: PacedWork | (() => void)): void {
    const all: readonly Set<unknown>[] = [this.texts, this.rows, this.rest];
    for (const waiting of all) waiting.delete(work);
  }

  /** Paper does not wait. */
  private finish(): void {
    this.printing = true;
    for (const work of this.texts) finish(work);
    this.texts.clear();
  }

  private next(): void {
    if (this.asked) return;
    const urgent = this.texts.size + this.rows.size > 0;
    if (!urgent && this.rest.size === 0) return;
    const still = this.movedAt + STILL_MS - performance.now();
    if (!urgent && still > 0) {
      this.wake ??= setTimeout(() => {
        this.wake = null;
        this.next();
      }, still);
      return;
    }
    this.asked = true;
    this.ask();
  }

  private ask(): void {
    // A hidden tab gets no animation frames.
    if (document.visibilityState === 'hidden') setTimeout(() => this.run());
    else requestAnimationFrame(() => this.run());
  }

  private run(): void {
    // Every second frame at least, or a long scroll would show rows without their texts.
    this.putOff = this.rowsChanged && !this.putOff;
    this.rowsChanged = false;
    if (this.putOff) {
      this.ask();
      return;
    }
    const start = performance.now();
    const left = this.texts.size > 0 ? this.makeText() : this.makeOne();
    // In this frame, so that the next line measures it.
    this.application.tick();
    // A timer comes after the frame has been laid out and painted.
    setTimeout(() => {
      if (left !== null) this.adapt(performance.now() - start, left <= 0);
      // What this frame itself changed does not put the next one off.
      this.rowsChanged = false;
      this.asked = false;
      this.next();
    });
  }

  /** @returns how many characters more this frame might have made. */
  private makeText(): number {
    let left = this.allowance;
    for (const work of this.texts) {
      const taken = work(left);
      if (taken === 0) this.texts.delete(work);
      left -= taken;
      if (left <= 0) break;
    }
    return left;
  }

  private makeOne(): null {
    for (const waiting of [this.rows, this.rest]) {
      for (const make of waiting) {
        waiting.delete(make);
        make();
        return null;
      }
    }
    return null;
  }

  private adapt(ms: number, usedUp: boolean): void {
    if (ms > GOOD_MS) this.allowance = Math.max(FEWEST, this.allowance / 2);
    else if (usedUp && ms < GOOD_MS / 2) this.allowance = Math.min(MOST, this.allowance * 1.25);
  }
}

function finish(work: PacedWork): void {
  while (work(Infinity) > 0);
}
