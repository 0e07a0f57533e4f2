/** Characters nobody sees: a browser or a reader takes an address to be without them. */
const UNSEEN = /\u034f|[\p{Cf}\u115f\u1160\u3164\uffa0]|[\ufe00-\ufe0f]/u;

/** Of each unit; 0: not looked at yet. Half of a character may be half of one nobody sees. */
const SEEN = 1;
const HIDDEN = 2;
const KNOWN = new Uint8Array(0x10000);

/** Whether a unit is, or may be half of, a character nobody sees. */
export function isUnseen(unit: number): boolean {
  const known = KNOWN[unit] ?? SEEN;
  if (known !== 0) return known === HIDDEN;
  const isHidden = (unit >= 0xd800 && unit <= 0xdfff) || UNSEEN.test(String.fromCharCode(unit));
  KNOWN[unit] = isHidden ? HIDDEN : SEEN;
  return isHidden;
}

/** A text without the characters nobody sees, and where the others stand in it. */
export interface SeenText {
  readonly text: string;
  /** Where a unit of `text` stands in the whole; of its length: the whole's length. */
  at(index: number): number;
}

/** @param text most texts hold none, and are given back as they are. */
export function seenText(text: string): SeenText {
  if (!UNSEEN.test(text)) return { text, at: (index) => index };
  const places: number[] = [];
  let seen = '';
  for (let at = 0; at < text.length;) {
    const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
    if (!UNSEEN.test(character)) {
      for (let unit = 0; unit < character.length; unit += 1) places.push(at + unit);
      seen += character;
    }
    at += character.length;
  }
  return { text: seen, at: (index) => places[index] ?? text.length };
}
