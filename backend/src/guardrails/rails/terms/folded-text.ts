import { CODE, codesOf } from './folding.rules.js';

/** Not looked at yet. */
const UNKNOWN = 0xffff_ffff;
/** Has several codes, or lies beyond the plane most texts are written in. */
const SEVERAL = 0xffff_fffe;

const ONE_CODE = new Uint32Array(0x10000).fill(UNKNOWN);
const SEVERAL_CODES = new Map<number, readonly number[]>();

/**
 * Characters nobody sees that may follow one another within a word, such as the many accents of
 * "zalgo"; more of them divide it. A bound, so that a text can be judged in windows.
 */
export const MOST_UNSEEN = 24;

/** A text in codes, and where each of them stands in it. Its room is used again and again. */
export class FoldedText {
  length = 0;
  /** How many characters nobody sees the text ends with. */
  unseen = 0;
  codes = new Uint32Array(1024);
  starts = new Uint32Array(1024);
  ends = new Uint32Array(1024);

  /**
   * @param text of any length; linear.
   * @param before how many characters nobody sees stand in front of it.
   */
  read(text: string, before = 0): this {
    this.length = 0;
    this.ensure(text.length + 1);
    let unseen = before;
    for (let at = 0; at < text.length;) {
      const unit = text.charCodeAt(at);
      const code = ONE_CODE[unit] ?? UNKNOWN;
      if (code < SEVERAL && code !== CODE.unseen) {
        this.add(code, at, at + 1);
        unseen = 0;
        at += 1;
        continue;
      }
      const point = text.codePointAt(at) ?? 0;
      const end = at + (point > 0xffff ? 2 : 1);
      if (code === CODE.unseen) {
        unseen += 1;
        if (unseen === MOST_UNSEEN) this.add(CODE.joiner, at, end);
      } else unseen = this.addSeldom(point, at, end, unseen);
      at = end;
    }
    this.unseen = unseen;
    return this;
  }

  private addSeldom(point: number, start: number, end: number, unseen: number): number {
    const codes = codesSeldom(point);
    if (codes.length === 1 && codes[0] === CODE.unseen) {
      if (unseen + 1 === MOST_UNSEEN) this.add(CODE.joiner, start, end);
      return unseen + 1;
    }
    // A ligature takes more codes than units.
    this.ensure(this.length + codes.length + 1);
    for (const code of codes) this.add(code, start, end);
    return 0;
  }

  private add(code: number, start: number, end: number): void {
    if (this.length >= this.codes.length) this.ensure(this.length + 1);
    this.codes[this.length] = code;
    this.starts[this.length] = start;
    this.ends[this.length] = end;
    this.length += 1;
  }

  private ensure(length: number): void {
    if (length <= this.codes.length) return;
    const room = Math.max(length, this.codes.length * 2);
    for (const name of ['codes', 'starts', 'ends'] as const) {
      const larger = new Uint32Array(room);
      larger.set(this[name].subarray(0, this.length));
      this[name] = larger;
    }
  }
}

/** Looks a character up, and remembers it. */
function codesSeldom(point: number): readonly number[] {
  const known = SEVERAL_CODES.get(point);
  if (known) return known;
  const codes = codesOf(point);
  const [only] = codes;
  if (point <= 0xffff && codes.length === 1 && only !== undefined) {
    // Half of a character stands for nothing.
    ONE_CODE[point] = only;
    return codes;
  }
  if (point <= 0xffff) ONE_CODE[point] = SEVERAL;
  if (SEVERAL_CODES.size < 20_000) SEVERAL_CODES.set(point, codes);
  return codes;
}
