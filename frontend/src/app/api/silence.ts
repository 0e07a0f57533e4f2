/** The server says something each 15 s, if only that it is there; twice that is silence. */
const SILENCE_MS = 30_000;
const LOOK_MS = 5000;

/**
 * Tells when nothing has been heard for 30 s by the clock on the wall: while a computer sleeps its
 * timers stand still, and the first one after it finds how long that was.
 */
export class Silence {
  private heardAt = Date.now();
  private readonly timer = setInterval(() => this.look(), LOOK_MS);

  /** @param fell called once. */
  constructor(private readonly fell: () => void) {}

  /** Something was heard. */
  broken(): void {
    this.heardAt = Date.now();
  }

  end(): void {
    clearInterval(this.timer);
  }

  private look(): void {
    if (Date.now() - this.heardAt < SILENCE_MS) return;
    this.end();
    this.fell();
  }
}
