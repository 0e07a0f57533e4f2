const EVERY_MS = 2000;

/** Tells how far long work is, every two seconds, and how long it is likely to take yet. */
export class Progress {
  private readonly begunAt = performance.now();
  private toldAt = this.begunAt;
  private done = 0;

  constructor(
    private readonly what: string,
    private readonly all: number,
    private readonly tell: (line: string) => void,
  ) {}

  add(count: number): void {
    this.done += count;
    const now = performance.now();
    if (now - this.toldAt >= EVERY_MS && this.done < this.all) {
      this.toldAt = now;
      const msLeft = ((now - this.begunAt) / this.done) * (this.all - this.done);
      this.tell(`  ${this.count()} ${this.what}, about ${duration(msLeft)} left`);
    }
  }

  /** Tells the whole, if there was anything to do. */
  end(): void {
    if (this.all > 0) {
      this.tell(`  ${this.count()} ${this.what} in ${duration(performance.now() - this.begunAt)}`);
    }
  }

  private count(): string {
    return `${this.done.toLocaleString('en')} of ${this.all.toLocaleString('en')}`;
  }
}

function duration(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  return seconds < 120 ? `${String(seconds)} s` : `${String(Math.round(seconds / 60))} min`;
}
