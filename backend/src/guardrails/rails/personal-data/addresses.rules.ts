import { ibanLength, passesModulo97 } from './check-digits.rules.js';

/** Longest parts of an e-mail address (RFC 5321, 4.5.3.1), in UTF-16 units. */
const LONGEST_LOCAL = 64;
const LONGEST_DOMAIN = 190;
/** Longest e-mail address, in UTF-16 units. */
export const LONGEST_EMAIL = LONGEST_LOCAL + 1 + LONGEST_DOMAIN;

const isLetterOrDigit = (code: number): boolean =>
  (code >= 97 && code <= 122) ||
  (code >= 65 && code <= 90) ||
  (code >= 48 && code <= 57) ||
  (code >= 0xc0 && code <= 0x24f);

const LOCAL_SIGNS = "._%+-'";

/** A place in a text, `end` behind its last unit. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The e-mail address around an at sign; undefined where there is none. */
export function emailAround(text: string, at: number): Span | undefined {
  let start = at;
  const first = at - LONGEST_LOCAL;
  while (start > 0 && start > first && isLocal(text, start - 1)) start -= 1;
  while (start < at && !isLetterOrDigit(text.charCodeAt(start))) start += 1;
  if (start === at || text[at - 1] === '.') return undefined;
  const end = domainEnd(text, at + 1);
  if (end === undefined) return undefined;
  // `git@github.com:prosa/prosa.git` is the address of a repository.
  if (text.slice(start, at) === 'git' && text[end] === ':') return undefined;
  return { start, end };
}

const isLocal = (text: string, at: number): boolean =>
  isLetterOrDigit(text.charCodeAt(at)) || LOCAL_SIGNS.includes(text[at] ?? '\n');

/** End of a domain name whose last label is of two letters or more. */
function domainEnd(text: string, from: number): number | undefined {
  let end: number | undefined;
  let at = from;
  while (at - from < LONGEST_DOMAIN) {
    const label = at;
    let letters = true;
    while (
      at - from < LONGEST_DOMAIN &&
      (isLetterOrDigit(text.charCodeAt(at)) || text[at] === '-')
    ) {
      letters &&= !/[\d-]/.test(text[at] ?? '');
      at += 1;
    }
    if (at === label) return end;
    if (label > from && letters && at - label >= 2 && at - label <= 24) end = at;
    if (text[at] !== '.') return label > from && !letters ? undefined : end;
    at += 1;
  }
  return end;
}

/** The IBAN that begins at a letter, with or without spaces; undefined where none does. */
export function ibanAt(text: string, start: number): Span | undefined {
  const length = ibanLength(text.slice(start, start + 2));
  if (length === undefined) return undefined;
  let iban = '';
  let at = start;
  while (iban.length < length) {
    if (text[at] === ' ' && iban.length > 3 && iban.length % 4 === 0) at += 1;
    const sign = text[at] ?? '';
    if (!/^[0-9A-Za-z]$/.test(sign) || (iban.length > 1 && iban.length < 4 && sign > '9')) {
      return undefined;
    }
    iban += sign;
    at += 1;
  }
  if (isLetterOrDigit(text.charCodeAt(at)) || !passesModulo97(iban)) return undefined;
  return { start, end: at };
}

const IP_V4 = /(?:\d{1,3}\.){3}\d{1,3}/y;

/** Addresses that every machine has, and masks of networks: they say nothing of anybody. */
const NOBODYS = /^(?:127\.|0\.|255\.)/;

/** The IPv4 address that begins at a digit; undefined where none does. */
export function ipV4At(text: string, start: number): Span | undefined {
  IP_V4.lastIndex = start;
  const found = IP_V4.exec(text)?.[0];
  if (found === undefined || NOBODYS.test(found)) return undefined;
  const end = start + found.length;
  const next = text.charCodeAt(end);
  if (isLetterOrDigit(next) || next === 95) return undefined;
  if ((text[end] === '.' || text[end] === '-') && isLetterOrDigit(text.charCodeAt(end + 1)))
    return undefined;
  const parts = found.split('.');
  if (!parts.every((part) => Number(part) <= 255 && (part === '0' || !part.startsWith('0'))))
    return undefined;
  return { start, end };
}

const IP_V6 = /(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?:(?:\.\d{1,3}){3})?/iy;

/** The IPv6 address that begins at a hexadecimal digit or a colon; undefined where none does. */
export function ipV6At(text: string, start: number): Span | undefined {
  IP_V6.lastIndex = start;
  const found = IP_V6.exec(text)?.[0];
  if (found === undefined) return undefined;
  const end = start + found.length;
  if (isLetterOrDigit(text.charCodeAt(end)) || text[end] === ':') return undefined;
  const halves = found.split('::');
  if (halves.length > 2) return undefined;
  const groups = found.split(':').filter((group) => group !== '');
  const whole = halves.length === 1 && groups.length === 8;
  // `a::b` and `10::3` are more often code or hours: a shortened address begins as routed ones do.
  const shortened =
    halves.length === 2 && groups.length < 8 && /^(?:2[0-9a-f]{3}|f[cde][0-9a-f]{2}):/i.test(found);
  return whole || shortened ? { start, end } : undefined;
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/iy;

/** The UUID that begins at a hexadecimal digit, as random Pix keys are; undefined where none does. */
export function uuidAt(text: string, start: number): Span | undefined {
  UUID.lastIndex = start;
  if (!UUID.test(text) || isLetterOrDigit(text.charCodeAt(start + 36))) return undefined;
  return { start, end: start + 36 };
}

const LETTERED_CNPJ =
  /(?:[0-9a-z]{2}\.[0-9a-z]{3}\.[0-9a-z]{3}\/[0-9a-z]{4}-\d\d|[0-9a-z]{8}\/[0-9a-z]{4}-\d\d|[0-9A-Z]{12}\d\d)/iy;

/** The form of a CNPJ with letters at a place; undefined where it is none. */
export function letteredCnpjAt(text: string, start: number): Span | undefined {
  LETTERED_CNPJ.lastIndex = start;
  const found = LETTERED_CNPJ.exec(text)?.[0];
  if (found === undefined || !/[a-z]/i.test(found)) return undefined;
  const end = start + found.length;
  return isLetterOrDigit(text.charCodeAt(end)) ? undefined : { start, end };
}
