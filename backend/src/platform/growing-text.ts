/** Pieces that are joined at once. */
const AT_ONCE = 16;

/**
 * A text that grows by a word at a time and is seldom read. V8 keeps what `+=` adds as an object of
 * 32 bytes until somebody reads the text: for a thousand answers these are more than their words,
 * and each collection of garbage has to copy them.
 */
export class GrowingText {
  private pieces: string[] = [];
  private units: number;

  constructor(private joined = '') {
    this.units = joined.length;
  }

  /** In UTF-16 units. */
  get length(): number {
    return this.units;
  }

  add(piece: string): void {
    this.units += piece.length;
    this.pieces.push(piece);
    if (this.pieces.length === AT_ONCE) this.join();
  }

  /** The whole of it. */
  toString(): string {
    if (this.pieces.length > 0) this.join();
    return this.joined;
  }

  private join(): void {
    this.joined += this.pieces.join('');
    this.pieces = [];
  }
}
