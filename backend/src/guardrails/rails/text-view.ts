/** What each UTF-16 unit is; from the smallest real sign on, what it is read as. */
const UNKNOWN = 0;
const KEPT = 1;
const UNSEEN = 2;
/** The first half of a character beyond the plane most texts are written in. */
const PAIR = 3;
/** May begin an escape, such as `%40`. */
const ESCAPE = 4;

/** One way of reading texts: what is not seen is left out, what is dressed up is read as plain. */
export interface Reading {
  /** What a character is read as, of one unit; empty: it is not seen; undefined: as it is. */
  readonly sign: (character: string) => string | undefined;
  /** Of so many characters nobody sees in a row the last divides what is around them. */
  readonly mostUnseen: number;
  /** Sign and length of an escape at a place; undefined where none is. Told of `starts` only. */
  readonly escape?: {
    readonly starts: string;
    readonly at: (text: string, at: number) => readonly [sign: string, length: number] | undefined;
  };
}

/** A text as it is read, and where its units stand in the one that was given. */
export interface TextView {
  readonly text: string;
  /** Where a unit of `text` begins in the whole; of its length: the whole's length. */
  at(index: number): number;
  /** Where what stands in front of `index` ends in the whole: what nobody sees behind it is not in it. */
  endOf(index: number): number;
  /** How many characters nobody sees it ends with. */
  readonly unseen: number;
}

/** Reads texts in one way, and remembers what each sign is. Linear; most texts are given back as they are. */
export class TextReader {
  private readonly units = new Uint16Array(0x10000);
  private readonly pairs = new Map<number, string>();

  constructor(private readonly reading: Reading) {}

  /** Whether a unit is, or may be half of, a character nobody sees. */
  isUnseen(unit: number): boolean {
    const kind = this.kindOf(unit);
    return kind === UNSEEN || kind === PAIR || (unit >= 0xdc00 && unit <= 0xdfff);
  }

  /** Whether a unit may be read as another, or not at all. */
  isDressed(unit: number): boolean {
    return this.kindOf(unit) !== KEPT;
  }

  /** Where the first unit stands that may be read as another; the text's length where none is. */
  private firstDressed(text: string): number {
    for (let at = 0; at < text.length; at += 1) {
      const kind = this.kindOf(text.charCodeAt(at));
      if (kind === KEPT || (kind === ESCAPE && !this.reading.escape?.at(text, at))) continue;
      return at;
    }
    return text.length;
  }

  /** Whether a text is read as it is. */
  isPlain(text: string): boolean {
    return this.firstDressed(text) === text.length;
  }

  /** @param before how many characters nobody sees stand in front of the text. */
  view(text: string, before = 0): TextView {
    const first = this.firstDressed(text);
    if (first === text.length) {
      return { text, at: same, endOf: same, unseen: text === '' ? before : 0 };
    }
    return this.undressed(text, first, first === 0 ? before : 0);
  }

  private undressed(text: string, first: number, before: number): TextView {
    const codes = new Uint16Array(text.length);
    const starts = new Int32Array(text.length + 1);
    const ends = new Int32Array(text.length + 1);
    let length = 0;
    let unseen = before;
    const add = (code: number, start: number, end: number): void => {
      codes[length] = code;
      starts[length] = start;
      length += 1;
      ends[length] = end;
    };
    for (let at = 0; at < first; at += 1) add(text.charCodeAt(at), at, at + 1);
    for (let at = first; at < text.length;) {
      const unit = text.charCodeAt(at);
      const kind = this.kindOf(unit);
      const [sign, units] = kind === PAIR || kind === ESCAPE ? this.read(text, at, kind) : ONE_UNIT;
      if (kind === UNSEEN || sign === '') {
        unseen += 1;
        if (unseen === this.reading.mostUnseen) add(unit, at, at + units);
        at += units;
        continue;
      }
      unseen = 0;
      // A pair that is read as it is stays two units.
      if (sign === undefined && units === 2) add(unit, at, at + 1);
      const last = sign === undefined && units === 2 ? at + 1 : at;
      add(sign?.charCodeAt(0) ?? (kind > ESCAPE ? kind : text.charCodeAt(last)), last, at + units);
      at += units;
    }
    starts[length] = text.length;
    const read = Buffer.from(codes.buffer, 0, length * 2).toString('utf16le');
    return {
      text: read,
      at: (index) => starts[index] ?? text.length,
      endOf: (index) => ends[index] ?? text.length,
      unseen,
    };
  }

  private read(text: string, at: number, kind: number): readonly [string | undefined, number] {
    if (kind === ESCAPE) return this.reading.escape?.at(text, at) ?? ONE_UNIT;
    const point = text.codePointAt(at) ?? 0;
    if (point <= 0xffff) return ONE_UNIT;
    let sign = this.pairs.get(point);
    if (sign === undefined) {
      const character = String.fromCodePoint(point);
      sign = this.reading.sign(character) ?? character;
      if (this.pairs.size < MOST_PAIRS) this.pairs.set(point, sign);
    }
    return [sign.length === 2 ? undefined : sign, 2];
  }

  private kindOf(unit: number): number {
    const known = this.units[unit] ?? KEPT;
    return known === UNKNOWN ? (this.units[unit] = this.look(unit)) : known;
  }

  private look(unit: number): number {
    if (unit >= 0xd800 && unit <= 0xdbff) return PAIR;
    if (unit >= 0xdc00 && unit <= 0xdfff) return KEPT;
    const character = String.fromCharCode(unit);
    if (this.reading.escape?.starts.includes(character)) return ESCAPE;
    const sign = this.reading.sign(character);
    if (sign === undefined || sign === character) return KEPT;
    return sign === '' ? UNSEEN : sign.charCodeAt(0);
  }
}

const MOST_PAIRS = 20_000;
const ONE_UNIT = [undefined, 1] as const;
const same = (index: number): number => index;
