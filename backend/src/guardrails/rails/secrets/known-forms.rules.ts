import type { Rest } from '../detector.js';
import { KeyBody } from './key-body.js';
import { SignRun } from './sign-run.js';
import { entropy, isPlaceholder, runEnd } from './token-signs.rules.js';

/** Forms that are known without a list; also the names of their rules. */
export const SECRET_FORMS = [
  'private-key',
  'jwt',
  'address-with-password',
  'telegram',
  'discord',
  'azure-client-secret',
  'password',
  'secret',
] as const;

/** By here every secret is known to be one, in UTF-16 units; a private key or a token may go on. */
export const LONGEST_UNSURE = 2000;

/** Longest that a private key's first line may be, in UTF-16 units. */
const LONGEST_PEM_HEAD = 60;
const PEM_HEAD = /^-----BEGIN [A-Z0-9 ]{0,24}PRIVATE KEY(?: BLOCK)?-----/;

/** A secret that its form tells. */
export interface KnownForm {
  readonly rule: string;
  readonly start: number;
  readonly end: number;
}

/** What stands behind the first line of a private key at `start`; undefined where none does. */
function pemBody(text: string, start: number, isWhole: boolean): KeyBody | undefined {
  const head = PEM_HEAD.exec(text.slice(start, start + LONGEST_PEM_HEAD))?.[0];
  if (head === undefined) return undefined;
  const body = new KeyBody(start + head.length);
  body.take(text.slice(start + head.length), isWhole);
  return body;
}

/** The private key in PEM or of PGP whose first line begins at `start`; undefined where none does. */
export function pemAt(text: string, start: number): KnownForm | undefined {
  const body = pemBody(text, start, true);
  return body?.holds ? { rule: 'private-key', start, end: body.end } : undefined;
}

/** Whether what begins at `start` with `-----BEGIN ` may become a private key, were it to go on. */
export function isOpenPem(text: string, start: number): boolean {
  const body = pemBody(text, start, false);
  return body ? !body.isOver : text.length - start < LONGEST_PEM_HEAD;
}

/** The rest of a secret that is sure by now, and may go on behind the end of the text. */
export function restOfForm({ rule, start }: KnownForm, text: string): Rest | undefined {
  if (rule === 'private-key') {
    const body = pemBody(text, start, false);
    return body?.isSure && !body.isOver ? body : undefined;
  }
  if (rule !== 'jwt' || text.length - start < LONG_JWT) return undefined;
  const run = new SignRun(start);
  run.take(text.slice(start), false);
  return run.isOver ? undefined : run;
}

/** A token of so many units is known by its first part: its claims alone may fill pages. */
const LONG_JWT = 1400;
const LONG_JWT_HEAD = /^eyJ[\w-]{13,1024}\.eyJ/;

/** The JSON Web Token that begins at `start` with `eyJ`; undefined where none does. */
export function jwtAt(text: string, start: number): KnownForm | undefined {
  if (!text.startsWith('eyJ', start)) return undefined;
  const end = runEnd(text, start, 'dotted', text.length);
  if (end - start >= LONG_JWT) {
    if (!LONG_JWT_HEAD.test(text.slice(start, start + LONG_JWT))) return undefined;
    const run = new SignRun(start);
    run.take(text.slice(start, end), true);
    return { rule: 'jwt', start, end: run.end };
  }
  const [head = '', body = '', signature = '', ...more] = text.slice(start, end).split('.');
  const rest = more.every((part) => part === '');
  const long = head.length >= 16 && body.length >= 8 && signature.length >= 16;
  if (!long || !rest || !body.startsWith('eyJ') || isPlaceholder(signature)) return undefined;
  return { rule: 'jwt', start, end: start + head.length + body.length + signature.length + 2 };
}

/** Longest address with a password, in UTF-16 units. */
const LONGEST_ADDRESS = 512;

/** The address with a password around the `://` at `at`; undefined where none is. */
export function addressAround(text: string, at: number): KnownForm | undefined {
  let start = at;
  while (start > 0 && at - start < 24 && /[a-z0-9+.-]/i.test(text[start - 1] ?? '')) start -= 1;
  if (start === at) return undefined;
  let host = -1;
  let place = at + 3;
  const last = Math.min(text.length, at + LONGEST_ADDRESS);
  for (; place < last && !/[\s"'`<>]/.test(text[place] ?? ''); place += 1) {
    if (text[place] === '/' && host >= 0) break;
    if (text[place] === '/' && !text.slice(place, place + 64).includes('@')) break;
    if (text[place] === '@') host = place;
  }
  const colon = text.indexOf(':', at + 3);
  if (host < 0 || colon < 0 || colon > host) return undefined;
  const password = text.slice(colon + 1, host);
  if (password.length < 4 || !isAddressPassword(password)) return undefined;
  while (place < last && !/[\s"'`<>]/.test(text[place] ?? '')) place += 1;
  while (place > host && /[.,;)\]]/.test(text[place - 1] ?? '')) place -= 1;
  return { rule: 'address-with-password', start, end: place };
}

const NO_PASSWORD =
  /^(?:pass(?:word|wd)?|pwd|senha|secret|user|token|\$\w+|%\w+%|\{\w+\}|\[\w+\])$/i;

const isAddressPassword = (password: string): boolean =>
  !NO_PASSWORD.test(password) && !isPlaceholder(password) && new Set(password).size > 2;

/** A Telegram bot's token: its number, a colon, 35 signs. */
export function telegramAt(text: string, start: number): KnownForm | undefined {
  const colon = runEnd(text, start, 'digits', 11);
  if (colon - start < 8 || text[colon] !== ':') return undefined;
  const end = runEnd(text, colon + 1, 'base64url', 36);
  const token = text.slice(colon + 1, end);
  if (token.length !== 35 || entropy(token) < 3.5 || isPlaceholder(token)) return undefined;
  return { rule: 'telegram', start, end };
}

/** A Discord bot's token: its number in Base64, a time, a signature. */
export function discordAt(text: string, start: number): KnownForm | undefined {
  const end = runEnd(text, start, 'dotted', 90);
  const [id = '', time = '', signature = '', more] = text.slice(start, end).split('.');
  const fits =
    id.length >= 24 &&
    id.length <= 28 &&
    time.length === 6 &&
    signature.length >= 27 &&
    signature.length <= 40 &&
    (more === undefined || more === '');
  if (!fits || entropy(signature) < 3.5 || isPlaceholder(signature)) return undefined;
  return { rule: 'discord', start, end: start + id.length + time.length + signature.length + 2 };
}

/** A client secret of Microsoft Entra around its `Q~`; undefined where none is. */
export function entraAround(text: string, at: number): KnownForm | undefined {
  const start = at - 4;
  if (start < 0 || !/^[A-Za-z0-9_~.-]{3}\dQ~$/.test(text.slice(start, at + 2))) return undefined;
  const end = runEnd(text, at + 2, 'escaped', 40);
  const token = text.slice(start, end).replace(/\.$/, '');
  if (token.length < 37 || token.length > 40 || entropy(token) < 3.5) return undefined;
  return { rule: 'azure-client-secret', start, end: start + token.length };
}
