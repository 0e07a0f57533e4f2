/** Least time between two that are stored, in milliseconds: each is a commit. */
const LEAST_MS = 500;

/** Stores how far work is, not too often, one at a time; a report that fails is only a report. */
export class Progress {
  private last = 0;
  private stored = 0;
  private storing: Promise<void> = Promise.resolve();

  /** @param store takes 0 to 99; the end is told by whoever ends the work. */
  constructor(private readonly store: (percent: number) => Promise<void>) {}

  report(share: number): void {
    const percent = Math.min(99, Math.floor(share * 100));
    const now = performance.now();
    if (percent <= this.stored || now - this.last < LEAST_MS) return;
    this.last = now;
    this.stored = percent;
    this.storing = this.storing.then(() => this.store(percent)).catch(() => undefined);
  }

  /** Resolves when nothing is being stored any more. */
  settled(): Promise<void> {
    return this.storing;
  }
}
