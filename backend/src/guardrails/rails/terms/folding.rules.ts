/**
 * Text as a reader sees it, whatever it is written with: case, accents, width, look-alikes of other
 * alphabets and characters nobody sees are taken away. Each character becomes a code.
 */
export const CODE = {
  /** Divides words. */
  divider: 0,
  /** `a` is 1, `z` 26. */
  firstLetter: 1,
  lastLetter: 26,
  /** `0` is 27, `9` 36. */
  firstDigit: 27,
  lastDigit: 36,
  /** From here on a symbol that may stand for a letter, or divide words. */
  firstSymbol: 37,
  lastSymbol: 59,
  /** Divides words, or is put into one to hide it. */
  joiner: 60,
  blank: 61,
  lineBreak: 62,
  /** Not seen at all. */
  unseen: 63,
  /** From here on letters of other alphabets, by their code points. */
  otherLetter: 0x100,
} as const;

const SYMBOLS = '@$!|+€£¢¥';
const JOINERS = "._-*~·•'’`^=/\\";

/** What digits and symbols are written for. */
const STAND_IN: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'il',
  '2': 'z',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '6': 'gb',
  '7': 't',
  '8': 'b',
  '9': 'g',
  '@': 'a',
  $: 's',
  '!': 'i',
  '|': 'il',
  '+': 't',
  '€': 'e',
  '£': 'l',
  '¢': 'c',
  '¥': 'y',
};

/** Letters of other alphabets that look like Latin ones, in pairs; both cases are lower case here. */
const LOOK_ALIKES = new Map(
  Object.entries({
    // Cyrillic
    ...{ а: 'a', в: 'b', с: 'c', ԁ: 'd', е: 'e', ѐ: 'e', ё: 'e', ғ: 'f', ԍ: 'g', һ: 'h', н: 'h' },
    ...{ і: 'i', ї: 'i', ј: 'j', к: 'k', ӏ: 'l', м: 'm', п: 'n', о: 'o', р: 'p', ԛ: 'q', г: 'r' },
    ...{ ѕ: 's', т: 't', ս: 'u', ѵ: 'v', ԝ: 'w', ш: 'w', х: 'x', у: 'y', ү: 'y', з: '3', и: 'n' },
    // Greek
    ...{ α: 'a', β: 'b', ϲ: 'c', δ: 'd', ε: 'e', η: 'n', ι: 'i', κ: 'k', μ: 'm', ν: 'v', ο: 'o' },
    ...{ ρ: 'p', σ: 'o', ς: 's', τ: 't', υ: 'u', χ: 'x', γ: 'y', ω: 'w', ζ: 'z' },
    // Latin letters that are not taken apart by Unicode
    ...{ ı: 'i', ł: 'l', ø: 'o', đ: 'd', ħ: 'h', ŧ: 't', ɑ: 'a', ɡ: 'g', ɩ: 'i', ʏ: 'y', ɐ: 'a' },
    ...{ ƀ: 'b', ɓ: 'b', ƈ: 'c', ɗ: 'd', ǝ: 'e', ə: 'e', ɛ: 'e', ƒ: 'f', ɠ: 'g', ɨ: 'i', ƙ: 'k' },
    ...{ ɭ: 'l', ɱ: 'm', ɲ: 'n', ŋ: 'n', ƥ: 'p', ʠ: 'q', ɼ: 'r', ʂ: 's', ƭ: 't', ʉ: 'u', ʋ: 'v' },
    ...{ ᴀ: 'a', ʙ: 'b', ᴄ: 'c', ᴅ: 'd', ᴇ: 'e', ꜰ: 'f', ɢ: 'g', ʜ: 'h', ɪ: 'i', ᴊ: 'j', ᴋ: 'k' },
    ...{ ʟ: 'l', ᴍ: 'm', ɴ: 'n', ᴏ: 'o', ᴘ: 'p', ʀ: 'r', ꜱ: 's', ᴛ: 't', ᴜ: 'u', ᴠ: 'v', ᴡ: 'w' },
    ...{ ᴢ: 'z', ß: 'ss', æ: 'ae', œ: 'oe', þ: 'p', ð: 'd' },
  }),
);

/** Letters that are drawn as pictures: `🅰`, `🅐`, and those that flags are made of. */
const DRAWN_ALPHABETS = [0x1f150, 0x1f170, 0x1f1e6];

const UNSEEN = /^(?:[\p{Cf}\u115f\u1160\u3164\uffa0]|[\p{Mn}\p{Me}])$/u;
const LETTER = /^\p{L}$/u;
const LINE_BREAK = /^[\n\r\u2028\u2029\v\f]$/;
const BLANK = /^\s$/;

const letterCode = (letter: string): number => letter.charCodeAt(0) - 96;

function plainCode(character: string): number {
  if (character >= 'a' && character <= 'z') return letterCode(character);
  if (character >= '0' && character <= '9') return CODE.firstDigit + Number(character);
  if (SYMBOLS.includes(character)) return CODE.firstSymbol + SYMBOLS.indexOf(character);
  if (JOINERS.includes(character)) return CODE.joiner;
  if (LINE_BREAK.test(character)) return CODE.lineBreak;
  if (BLANK.test(character)) return CODE.blank;
  if (UNSEEN.test(character)) return CODE.unseen;
  return LETTER.test(character) ? CODE.otherLetter + (character.codePointAt(0) ?? 0) : CODE.divider;
}

/** The codes of one character; most have one, a ligature has two. */
export function codesOf(point: number): readonly number[] {
  const drawn = DRAWN_ALPHABETS.find((first) => point >= first && point < first + 26);
  if (drawn !== undefined) return [1 + point - drawn];
  const parts = [...String.fromCodePoint(point).normalize('NFKD').toLowerCase()]
    .flatMap((part) => [...(LOOK_ALIKES.get(part) ?? part)])
    .map(plainCode);
  // An accent on its own is not seen; on a letter, the letter is.
  const seen = parts.filter((code) => code !== CODE.unseen);
  return seen.length > 0 ? seen : [CODE.unseen];
}

/** Whether it is a letter, or stands only for itself within a word. */
export const isLetter = (code: number): boolean =>
  (code >= CODE.firstLetter && code <= CODE.lastLetter) || code >= CODE.otherLetter;

export const isDigit = (code: number): boolean => code >= CODE.firstDigit && code <= CODE.lastDigit;

export const isSymbol = (code: number): boolean =>
  code >= CODE.firstSymbol && code <= CODE.lastSymbol;

/** Whether it can only divide words. */
export const isDivider = (code: number): boolean =>
  code === CODE.divider || (code >= CODE.joiner && code <= CODE.lineBreak);

const NONE: readonly number[] = [];
const STAND_INS: readonly (readonly number[])[] = Array.from({ length: CODE.joiner }, (_, code) => {
  const written = isDigit(code)
    ? String(code - CODE.firstDigit)
    : isSymbol(code)
      ? (SYMBOLS[code - CODE.firstSymbol] ?? '')
      : '';
  return [...(STAND_IN[written] ?? '')].map(letterCode);
});

/** The letters that a digit or a symbol may be written for. */
export const standIns = (code: number): readonly number[] => STAND_INS[code] ?? NONE;
