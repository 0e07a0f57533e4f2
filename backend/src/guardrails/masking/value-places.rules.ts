const LETTER = /\p{L}/u;
const DIGIT = /\p{N}/u;
const WITHOUT_SPACES =
  /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}]/u;

/** A code (`AB12345`) is one in whatever it is glued to; so is a name in a script without spaces. */
const isMeantAnywhere = (value: string): boolean =>
  (LETTER.test(value) && DIGIT.test(value)) || WITHOUT_SPACES.test(value);

/**
 * Where a value stands in a text, in UTF-16 units: as words, for `Ana` is not in `Banana`, nor 31 in
 * 2031. One that stands nowhere as words is meant wherever it stands: what a rail has found must not
 * stay because it is glued to something. Linear.
 */
export function placesOf(text: string, value: string): number[] {
  if (value === '') return [];
  const asWords = isMeantAnywhere(value) ? [] : wordsIn(text, value);
  return asWords.length > 0 ? asWords : everywhere(text, value);
}

function wordsIn(text: string, value: string): number[] {
  const places: number[] = [];
  for (let at = text.indexOf(value); at >= 0;) {
    const end = at + value.length;
    const isWord = !isWithinWord(text, at) && !isWithinWord(text, end);
    if (isWord) places.push(at);
    // The inside of a word is passed over at once: no value begins there.
    let next = isWord ? end : at + 1;
    while (next < text.length && isWithinWord(text, next)) next += 1;
    at = text.indexOf(value, next);
  }
  return places;
}

function everywhere(text: string, value: string): number[] {
  const places: number[] = [];
  for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + value.length)) {
    places.push(at);
  }
  return places;
}

/** Whether letters, or digits, stand on both sides of a place. */
function isWithinWord(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - LONGEST_LETTER), at);
  const after = text.slice(at, at + LONGEST_LETTER);
  return (
    (ENDS_LETTERS.test(before) && BEGINS_LETTERS.test(after)) ||
    (ENDS_DIGITS.test(before) && BEGINS_DIGITS.test(after))
  );
}

/** A letter beyond the first plane, and an accent on it, in UTF-16 units. */
const LONGEST_LETTER = 4;
const ENDS_LETTERS = /\p{L}\p{M}*$/u;
const BEGINS_LETTERS = /^[\p{L}\p{M}]/u;
const ENDS_DIGITS = /\p{N}$/u;
const BEGINS_DIGITS = /^\p{N}/u;
