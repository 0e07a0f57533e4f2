import type { Span } from './addresses.rules.js';

/** Longest parts of an address that is spelled, in UTF-16 units: together less than a plain one. */
const LONGEST_LOCAL = 64;
const LONGEST_DOMAIN = 120;
const MOST_LABELS = 6;

/** Most blanks between an address's parts. */
const MOST_BLANKS = 2;

/** An at sign that is spelled, in brackets or not, and a plain one, whose dots may be spelled. */
const AT = /[[({<](?:at|arroba|@)[\])}>]| (?:at|arroba) |@/gi;
const DOT = / {0,2}[[({<](?:dot|ponto|punto|\.)[\])}>] {0,2}| {1,2}(?:dot|ponto|punto) {1,2}/iy;
const LABEL = /[a-z0-9\u00c0-\u024f][a-z0-9\u00c0-\u024f-]{0,62}/iy;
const TOP_LABEL = /^[a-z\u00c0-\u024f]{2,24}$/i;

/** What the end of a text may make an at sign, or a dot, of. */
const OPEN_AT = /(?:^| )[[({<]?(?:a(?:t|r(?:r(?:o(?:ba?)?)?)?)?|@)?[\])}>]?$/i;
const OPEN_DOT = /^ {0,2}[[({<]?(?:d(?:ot?)?|p(?:on?t?o?|un?t?o?)?|\.)?[\])}>]?$/i;

/** In front of a bare "at" these are no names. */
const NO_NAMES = new Set(
  (
    'me us you him her them it look looking available here found meet is are was were be live ' +
    'work works working hosted visit see contact mail email write reach sign up out in not and ' +
    'or good great best only all arrive arrived start starts stay'
  ).split(' '),
);

/** An address that is spelled; a bare "at" needs a word of context in front of it. */
export interface SpelledEmail extends Span {
  readonly needsContext: boolean;
}

/** The first address that is spelled, its at sign at `from` or behind it; undefined: there is none. */
export function nextSpelledEmail(text: string, from: number): SpelledEmail | undefined {
  AT.lastIndex = from;
  for (let match = AT.exec(text); match; match = AT.exec(text)) {
    const found = around(text, match.index, match[0]);
    if (found) return found;
  }
  return undefined;
}

function around(text: string, at: number, sign: string): SpelledEmail | undefined {
  const start = localStart(text, at);
  if (start === undefined) return undefined;
  const { end, spelled } = domain(text, at + sign.length);
  if (end === undefined) return undefined;
  if (sign === '@' && spelled === 0) return undefined;
  if (!sign.startsWith(' ')) return { start, end, needsContext: false };
  const local = text.slice(start, at).trim().toLowerCase();
  if (NO_NAMES.has(local) || !/[a-z]/.test(local)) return undefined;
  const isEnglish = sign.toLowerCase() === ' at ';
  return isEnglish && spelled === 0 ? undefined : { start, end, needsContext: isEnglish };
}

/** Where the name in front of an at sign begins; undefined where none stands there. */
function localStart(text: string, at: number): number | undefined {
  let end = at;
  while (at - end < MOST_BLANKS && text[end - 1] === ' ') end -= 1;
  let start = end;
  while (end - start < LONGEST_LOCAL && LOCAL.test(text.charAt(start - 1))) start -= 1;
  while (start < end && !/[a-z0-9\u00c0-\u024f]/i.test(text.charAt(start))) start += 1;
  return start === end || text[end - 1] === '.' ? undefined : start;
}
const LOCAL = /[a-z0-9._%+'\u00c0-\u024f-]/i;

interface Domain {
  /** Behind the last label that may end a name; undefined where no dot was read. */
  readonly end: number | undefined;
  /** How many of its dots are spelled. */
  readonly spelled: number;
  /** How far it was read. */
  readonly read: number;
}

function domain(text: string, from: number): Domain {
  let read = from;
  while (read - from < MOST_BLANKS && text[read] === ' ') read += 1;
  let end: number | undefined;
  let dots = 0;
  let spelled = 0;
  for (let labels = 0; labels < MOST_LABELS && read - from < LONGEST_DOMAIN; labels += 1) {
    const label = stickyEnd(LABEL, text, read);
    if (label === undefined) break;
    if (labels > 0 && TOP_LABEL.test(text.slice(read, label))) {
      end = label;
      spelled = dots;
    }
    read = label;
    const dot = text[read] === '.' ? read + 1 : stickyEnd(DOT, text, read);
    if (dot === undefined) break;
    if (dot > read + 1) dots += 1;
    read = dot;
  }
  return { end, spelled, read };
}

function stickyEnd(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

/**
 * Where an address begins that may still be spelled, were the text to go on.
 * @param word start of the last word. @param first no more than from here on is looked at.
 * @returns the text's length where none may.
 */
export function openSpelledEmail(text: string, word: number, first: number): number {
  let open = text.length;
  AT.lastIndex = first;
  for (let match = AT.exec(text); match; match = AT.exec(text)) {
    const { read } = domain(text, match.index + match[0].length);
    if (OPEN_DOT.test(text.slice(read)))
      open = Math.min(open, localStart(text, match.index) ?? open);
  }
  if (!OPEN_AT.test(text.slice(Math.max(0, word - 1)))) return open;
  return Math.min(open, localStart(text, word) ?? open);
}
