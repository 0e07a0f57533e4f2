/** How many attempts are counted for how many keys; the rest is forgotten, oldest first. */
const MOST_KEYS = 10_000;

/**
 * Counts attempts by key over a sliding window. Its memory is bounded: a flood of keys pushes out
 * those longest untouched.
 */
export class AttemptWindow {
  private readonly attempts = new Map<string, number[]>();

  constructor(
    private readonly limit: number,
    private readonly windowMs: number,
    private readonly mostKeys = MOST_KEYS,
  ) {}

  /** Whole seconds until the key may try again; 0 when it may now. */
  secondsToWait(key: string, now: number): number {
    const recent = this.recent(key, now);
    const oldest = recent[recent.length - this.limit];
    return oldest === undefined ? 0 : Math.max(1, Math.ceil((oldest + this.windowMs - now) / 1000));
  }

  record(key: string, now: number): void {
    const recent = this.recent(key, now);
    this.attempts.delete(key);
    this.attempts.set(key, [...recent, now].slice(-this.limit));
    if (this.attempts.size > this.mostKeys) {
      const [longestUntouched] = this.attempts.keys();
      this.attempts.delete(longestUntouched ?? key);
    }
  }

  /** Takes back the attempt recorded at that time, because it was none. */
  takeBack(key: string, at: number): void {
    const recent = this.attempts.get(key) ?? [];
    const index = recent.lastIndexOf(at);
    if (index >= 0) {
      recent.splice(index, 1);
    }
    if (recent.length === 0) {
      this.attempts.delete(key);
    }
  }

  forget(key: string): void {
    this.attempts.delete(key);
  }

  get size(): number {
    return this.attempts.size;
  }

  private recent(key: string, now: number): number[] {
    return (this.attempts.get(key) ?? []).filter((time) => time > now - this.windowMs);
  }
}
