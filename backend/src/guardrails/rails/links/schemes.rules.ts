/** How an address begins in a text, with what may be put into it to hide it. */
const SCHEMES = ['https', 'http', 'ftp', 'wss', 'ws'];
const COLON = [':', '&colon;', '&#58;', '&#058;', '&#x3a;', '：'];
const SLASH = ['/', '\\', '&sol;', '&#47;', '&#047;', '&#x2f;', '／'];
const WWW = 'www';

/** Blanks between the signs of `://`, and within the letters of a scheme. */
const MOST_BLANKS = 3;

/** `end` is behind it; `isOpen`: the text ends before one can tell. */
export interface Begun {
  readonly end: number;
  readonly isOpen: boolean;
}

const OPEN: Begun = { end: 0, isOpen: true };

const isBlank = (unit: number): boolean => unit === 32 || (unit >= 9 && unit <= 13) || unit === 160;

/** The beginning of an address at a place of a text; undefined: there is none. */
export function addressBegins(text: string, at: number): Begun | undefined {
  let open = false;
  for (const scheme of SCHEMES) {
    const begun = afterLetters(text, at, scheme);
    const whole = begun && !begun.isOpen ? afterSigns(text, begun.end) : begun;
    if (whole && !whole.isOpen) return whole;
    open ||= whole?.isOpen ?? false;
  }
  const site = siteBegins(text, at);
  return site && !site.isOpen ? site : open || site ? OPEN : undefined;
}

/** `www.` and the first letter of a name. */
function siteBegins(text: string, at: number): Begun | undefined {
  if ((text.charCodeAt(at) | 32) !== WWW.charCodeAt(0)) return undefined;
  const rest = text.slice(at, at + 4).toLowerCase();
  if (rest.length < 4) return `${WWW}.`.startsWith(rest) ? OPEN : undefined;
  return rest === `${WWW}.` ? { end: at, isOpen: false } : undefined;
}

function afterLetters(text: string, at: number, letters: string): Begun | undefined {
  let place = at;
  for (let index = 0; index < letters.length; index += 1) {
    if (index > 0 && isBlank(text.charCodeAt(place))) place += 1;
    if (place >= text.length) return OPEN;
    if ((text.charCodeAt(place) | 32) !== letters.charCodeAt(index)) return undefined;
    place += 1;
  }
  return { end: place, isOpen: false };
}

function afterSigns(text: string, at: number): Begun | undefined {
  let place = at;
  for (const signs of [COLON, SLASH, SLASH]) {
    for (let blanks = 0; blanks < MOST_BLANKS && isBlank(text.charCodeAt(place)); blanks += 1) {
      place += 1;
    }
    if (place >= text.length) return OPEN;
    const rest = text.slice(place, place + 7).toLowerCase();
    const sign = signs.find((one) => rest.startsWith(one));
    if (sign === undefined) {
      const isCut =
        place + rest.length === text.length && signs.some((one) => one.startsWith(rest));
      return isCut ? OPEN : undefined;
    }
    place += sign.length;
  }
  return { end: place, isOpen: false };
}

/**
 * Where a bare address ends: at a blank, unless what follows the blank goes on with it.
 * @param last where it ends at the latest.
 */
export function addressEnds(text: string, from: number, last: number): Begun {
  let at = from;
  for (;;) {
    while (at < last && !endsAt(text, at, from)) at += 1;
    if (at >= last) return { end: last, isOpen: last === text.length };
    if (!isBlank(text.charCodeAt(at))) return { end: at, isOpen: false };
    const next = goesOn(text, from, at);
    if (next === undefined) return { end: at, isOpen: false };
    if (next >= text.length) return { end: at, isOpen: true };
    at = next;
  }
}

const QUOTE = 34;
const LESS = 60;
const MORE = 62;
const CLOSING = 93;
const BACKTICK = 96;
const SMALL_H = 104;

function endsAt(text: string, at: number, from: number): boolean {
  const unit = text.charCodeAt(at);
  if (unit <= 32 || unit === 160 || unit === QUOTE || unit === BACKTICK) return true;
  if (unit === LESS || unit === MORE) return true;
  // The text of a link, or another definition.
  if (unit === CLOSING) return /[(:]/.test(text.charAt(at + 1));
  // Another address, behind a sign that divides the two.
  return (
    (unit | 32) === SMALL_H &&
    at > from &&
    DIVIDES.test(text.charAt(at - 1)) &&
    beginsPlainly(text, at)
  );
}

const DIVIDES = /[()[\]{}|,;!'*]/;
const beginsPlainly = (text: string, at: number): boolean =>
  /^https?:/i.test(text.slice(at, at + 6));

/** Behind the blanks at a place, where an address goes on after them; the text's length: not sure. */
function goesOn(text: string, from: number, at: number): number | undefined {
  let next = at;
  while (next < text.length && isBlank(text.charCodeAt(next))) next += 1;
  if (next - at > MOST_BLANKS) return undefined;
  if (next === text.length) return next;
  const isInHost = !/[/?#]/.test(text.slice(from, at));
  if (isInHost && (at === from || text.charAt(at - 1) === '.')) {
    const begins = text.slice(next, next + 4).toLowerCase();
    if (begins === 'http' || begins === 'www.') return undefined;
    return next + begins.length === text.length && begins.length < 4 ? text.length : next;
  }
  const sign = text.charAt(next);
  if (!(isInHost ? '/?#@.&' : '/?#&=%').includes(sign)) return undefined;
  if (next + 1 === text.length) return text.length;
  // A sign on its own is a sign of the sentence.
  return sign === '.' || !isBlank(text.charCodeAt(next + 1)) ? next : undefined;
}
