/**
 * Ends a text that comes in pieces at the first of some texts, which is left out. What may yet be
 * the beginning of one is held back until that is known.
 */
export class StopTexts {
  private held = '';
  private readonly stops: readonly string[];
  /** One of the texts has come: nothing more is to be taken. */
  reached = false;

  constructor(stops: readonly string[]) {
    this.stops = stops;
  }

  /** @returns what may be shown now. */
  take(piece: string): string {
    if (this.reached) return '';
    const text = this.held + piece;
    const ends = this.stops.map((stop) => text.indexOf(stop)).filter((at) => at >= 0);
    if (ends.length > 0) {
      this.reached = true;
      this.held = '';
      return text.slice(0, Math.min(...ends));
    }
    const kept = Math.max(0, ...this.stops.map((stop) => begunAtEnd(text, stop)));
    this.held = text.slice(text.length - kept);
    return text.slice(0, text.length - kept);
  }

  /** No more comes. @returns what was held back for nothing. */
  rest(): string {
    const { held } = this;
    this.held = '';
    return held;
  }
}

/** @returns how many letters at the end of a text are the beginning of a stop text. */
function begunAtEnd(text: string, stop: string): number {
  for (let length = Math.min(stop.length - 1, text.length); length > 0; length -= 1) {
    if (text.endsWith(stop.slice(0, length))) return length;
  }
  return 0;
}
