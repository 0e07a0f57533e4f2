import { isRefused, type Use } from './address.rules.js';
import { closingParenthesis, destinations } from './destinations.rules.js';
import { addressBegins, addressEnds } from './schemes.rules.js';
import { isUnseen } from './seen-text.js';
import { addressesOf, tagAt } from './tags.rules.js';

/** Longest picture, tag or address, in units as they were written. */
export const LONGEST_LINK = 1900;
/** Longest description of a picture: what is further away from its `![` is an ordinary link. */
const LONGEST_DESCRIPTION = 900;

/** Longest text of a link whose brackets are taken with what it leads to. */
const LONGEST_TEXT = 200;
const PLACEHOLDER = /^\[[A-Z][A-Z\d]{0,31}_\d{1,6}\]$/;

const BANG = 33;
const OPENING = 91;
const CLOSING = 93;
const LESS = 60;
const TICK = 96;
const SMALL_F = 102;
const SMALL_H = 104;
const SMALL_S = 115;
const SMALL_T = 116;
const SMALL_W = 119;

/** What a link or an address may begin with, by their unit. */
const MARK = 1;
const LETTER = 2;
const UNITS = Uint8Array.from({ length: 128 }, (_, unit) => {
  if ([BANG, OPENING, CLOSING, LESS].includes(unit)) return MARK;
  return [SMALL_F, SMALL_H, SMALL_W].includes(unit | 32) ? LETTER : 0;
});
/** From here on there are characters nobody sees, a soft hyphen being the first. */
const FIRST_UNSEEN = 0xad;

/** Whether a link may begin or go on at a place, or what stands there takes a closer look. */
export function beginsLink(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  if (unit >= FIRST_UNSEEN) return isUnseen(unit);
  const known = UNITS[unit];
  return known === MARK || (known === LETTER && beginsAddress(text, at, unit));
}

/** Whether `http`, `ftp`, `www` or `ws` may begin at a place: most letters cannot. */
function beginsAddress(text: string, at: number, unit: number): boolean {
  const small = unit | 32;
  if (small !== SMALL_H && small !== SMALL_W && small !== SMALL_F) return false;
  const behind = text.charCodeAt(at + 1);
  const isBlank = behind <= 32 || behind === 160;
  const next = (isBlank ? text.charCodeAt(at + 2) : behind) | 32;
  // Behind the end there is no unit yet.
  if (at + (isBlank ? 2 : 1) >= text.length) return true;
  if (small !== SMALL_W) return next === SMALL_T;
  return next === SMALL_S || (next === SMALL_W && !isBlank);
}

/** Tags that show something. */
const PICTURES: ReadonlySet<string> = new Set([
  'img',
  'image',
  'picture',
  'source',
  'svg',
  'video',
]);

/** The part of a text that is refused. */
export interface Refused {
  readonly start: number;
  readonly end: number;
  /** A destination stands behind the text of its link, which stays, without its brackets. */
  readonly hides: 'picture' | 'address' | 'destination' | 'bracket';
}

/** One walk through a text without the characters nobody sees. */
export class LinkScan {
  readonly refused: Refused[] = [];
  /** Where what may still be a link begins. */
  open: number;
  /** An address that was judged ends here: what looks like one within it is part of it. */
  private bareUntil = 0;
  /** Brackets that are not closed: where each begins, and whether a picture's. */
  private brackets: { readonly start: number; readonly isPicture: boolean }[] = [];

  constructor(
    private readonly text: string,
    /** Where a unit stood when it was written. */
    private readonly placeOf: (index: number) => number,
    private readonly isKnown: (host: string) => boolean,
  ) {
    this.open = text.length;
    for (let at = 0; at < text.length;) at = this.step(at);
    const open = this.brackets.find(({ start, isPicture }) =>
      isPicture ? this.isNear(start, text.length) : this.mayBeText(start, text.length),
    );
    if (open) this.staysOpen(open.start);
  }

  /** @returns where to go on. */
  private step(at: number): number {
    const unit = this.text.charCodeAt(at);
    switch (unit) {
      case BANG:
        if (at + 1 === this.text.length) this.staysOpen(at);
        return at + 1;
      case OPENING: {
        const isPicture = this.text.charCodeAt(at - 1) === BANG;
        this.brackets.push({ start: isPicture ? at - 1 : at, isPicture });
        return at + 1;
      }
      case CLOSING:
        return this.closing(at);
      case LESS:
        return this.tag(at);
      default:
        return beginsAddress(this.text, at, unit) ? this.bare(at) : at + 1;
    }
  }

  private closing(at: number): number {
    const own = this.brackets.at(-1);
    const picture = this.pictureClosedAt(at);
    const text = own && !own.isPicture && this.mayBeText(own.start, at) ? own.start : at;
    const start = picture ?? text;
    const next = this.text.charAt(at + 1);
    if (next === '') this.staysOpen(start);
    if (next === '(') return this.destination(at + 1, start, picture !== undefined);
    return next === ':' ? this.definition(at) : at + 1;
  }

  /**
   * Where the picture begins whose description a bracket closes, were it for some readers only: one
   * that is escaped, or stands in code, is a letter of the description for others.
   */
  private pictureClosedAt(at: number): number | undefined {
    const own = this.brackets.at(-1);
    if (own?.isPicture && this.isNear(own.start, at)) {
      if (!isMaybeText(this.text, own.start, at)) this.brackets.pop();
      return own.start;
    }
    this.brackets.pop();
    const around = this.brackets.at(-1);
    const isAround =
      own !== undefined &&
      around?.isPicture === true &&
      this.isNear(around.start, at) &&
      isMaybeText(this.text, around.start, own.start);
    return isAround ? around.start : undefined;
  }

  /** Whether a bracket opens what may be the text of a link; such a text is held back. */
  private mayBeText(start: number, at: number): boolean {
    if (this.placeOf(at) - this.placeOf(start) > LONGEST_TEXT) return false;
    const text = this.text.slice(start, at);
    return !/\n[ \t]*\n|\\$/.test(text);
  }

  private isNear(start: number, at: number): boolean {
    return this.placeOf(at) - this.placeOf(start) <= LONGEST_DESCRIPTION;
  }

  /** What stands in parentheses behind a text or a description in brackets. */
  private destination(at: number, start: number, isPicture: boolean): number {
    const last = this.lastOf(at, start);
    const { end, state } = closingParenthesis(this.text, at, last);
    if (state === 'none') return at + 1;
    if (state === 'open') this.staysOpen(start);
    const inside = this.text.slice(at + 1, state === 'closed' ? end - 1 : end);
    const use: Use = isPicture ? 'picture' : 'link';
    if (destinations(inside).some((address) => isRefused(address, use, this.isKnown))) {
      if (isPicture) this.refuse(start, end, 'picture');
      else this.refuseLink(start, at, end);
      return end;
    }
    // An address that passes in parentheses may hold another that does not.
    return state === 'closed' ? end : at + 1;
  }

  /** `[name]: address`, which a picture elsewhere may name. */
  private definition(at: number): number {
    const found = /^\s{0,80}<?\s{0,8}/.exec(this.text.slice(at + 2, at + 100));
    const from = at + 2 + (found?.[0].length ?? 0);
    if (from >= this.text.length || DEFINED.test(this.text.slice(from, from + 20)) === false) {
      if (from + 20 > this.text.length) this.staysOpen(at);
      return at + 1;
    }
    const { end, isOpen } = addressEnds(this.text, from, this.lastOf(from, at));
    if (isOpen) this.staysOpen(at);
    if (isRefused(this.text.slice(from, end), 'definition', this.isKnown)) {
      this.refuse(from, end, 'address');
      return end;
    }
    return at + 1;
  }

  private tag(at: number): number {
    const last = this.lastOf(at, at);
    const span = tagAt(this.text, at, last);
    if (span.kind === 'open') this.staysOpen(at);
    const end = span.kind === 'tag' ? span.end : span.kind === 'open' ? last : at;
    if (end > at) {
      const tag = this.text.slice(at, end);
      const name = /^<([a-z\d]*)/i.exec(tag)?.[1]?.toLowerCase() ?? '';
      const isBad = addressesOf(tag, name).some(({ address, use }) =>
        isRefused(address, use, this.isKnown),
      );
      if (isBad) {
        this.refuse(at, end, PICTURES.has(name) ? 'picture' : 'address');
        return end;
      }
    }
    return span.kind === 'no' ? this.autolink(at) : at + 1;
  }

  /** `<scheme:address>`. */
  private autolink(at: number): number {
    const found = /^<[a-z](?:[a-z\d+.-]{1,15}:|[a-z\d+.-]{0,15}$)/i.exec(
      this.text.slice(at, at + 18),
    );
    if (!found) return at + 1;
    const { end, isOpen } = addressEnds(this.text, at + 1, this.lastOf(at, at));
    if (isOpen) this.staysOpen(at);
    if (!isRefused(this.text.slice(at + 1, end), 'link', this.isKnown)) return at + 1;
    this.refuse(at, this.text.charAt(end) === '>' ? end + 1 : end, 'address');
    return end;
  }

  private bare(at: number): number {
    if (at < this.bareUntil) return at + 1;
    const begun = addressBegins(this.text, at);
    if (!begun) return at + 1;
    if (begun.isOpen) {
      this.staysOpen(at);
      return at + 1;
    }
    const { end, isOpen } = addressEnds(this.text, begun.end, this.lastOf(at, at));
    if (isOpen) this.staysOpen(at);
    const address = withoutSentenceEnd(this.text.slice(at, end));
    const whole = begun.end === at ? `http://${address}` : address;
    if (isRefused(whole, 'link', this.isKnown)) this.refuse(at, at + address.length, 'address');
    this.bareUntil = end;
    return Math.max(at + 1, begun.end);
  }

  private staysOpen(start: number): void {
    this.open = Math.min(this.open, start);
  }

  /** Takes the brackets as well, but for those of a placeholder, or where none opens near. */
  private refuseLink(start: number, at: number, end: number): void {
    const isBare = start === at - 1 || PLACEHOLDER.test(this.text.slice(start, at));
    if (!isBare) this.refuse(start, start + 1, 'bracket');
    this.refuse(isBare ? at : at - 1, end, 'destination');
  }

  private refuse(start: number, end: number, hides: Refused['hides']): void {
    this.refused.push({ start, end, hides });
  }

  /** How far what begins at `start` may reach. */
  private lastOf(from: number, start: number): number {
    const most = this.placeOf(start) + LONGEST_LINK;
    let last = Math.min(this.text.length, start + LONGEST_LINK);
    while (last > from && this.placeOf(last) > most) last -= 1;
    return last;
  }
}

/** Whether a bracket in a description that began at `start` may be escaped, or stand in code. */
function isMaybeText(text: string, start: number, at: number): boolean {
  let slashes = 0;
  while (text.charAt(at - 1 - slashes) === '\\') slashes += 1;
  if (slashes % 2 === 1) return true;
  let ticks = 0;
  for (let n = start; n < at; n += 1) if (text.charCodeAt(n) === TICK) ticks += 1;
  return ticks % 2 === 1;
}

/** What a definition of a link may begin with. */
const DEFINED = /^(?:[a-z][a-z\d\s+.-]{0,15}[:&：]|[/\\&%])/i;
const SENTENCE_END = `.,;:!?)'"*_]}|\\`;

function withoutSentenceEnd(address: string): string {
  let end = address.length;
  while (end > 0 && SENTENCE_END.includes(address.charAt(end - 1))) end -= 1;
  return address.slice(0, end);
}
