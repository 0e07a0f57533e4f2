import { foldedWord } from '../personal-data/context.rules.js';
import { entropy, isPlaceholder } from './token-signs.rules.js';

/** Longest value of a name, in UTF-16 units. */
const LONGEST_VALUE = 200;
/** How far behind a name its value may begin, in UTF-16 units: "senha do wifi da sala é ". */
const VALUE_REACH = 48;

/** What people call a password; of these a short value is one, too. */
const PASSWORDS = ['senha', 'password', 'passwd', 'passphrase', 'pwd', 'contrasena', 'passwort'];
/** What programs call a secret: only a long, irregular value is one. */
const SECRETS = [
  'secret',
  'token',
  'apikey',
  'secretkey',
  'accesskey',
  'privatekey',
  'signingkey',
  'encryptionkey',
  'authkey',
  'segredo',
  'credential',
  'bearer',
];

/** Of what every such name holds a part: most words are done with here. */
const MAY_PROMISE = /senha|pass|pwd|contrase|secret|token|key|segredo|credential|bearer/i;

/** Whether some name in a text may promise something. */
export const mayPromise = (text: string): boolean => MAY_PROMISE.test(text);

/** What a name promises behind it; undefined where it promises nothing. */
export function promised(name: string): 'password' | 'secret' | undefined {
  if (!MAY_PROMISE.test(name)) return undefined;
  const bare = foldedWord(name).replace(/[^a-z0-9]/g, '');
  if (PASSWORDS.some((word) => bare.endsWith(word))) return 'password';
  return SECRETS.some((word) => bare.endsWith(word)) ? 'secret' : undefined;
}

/** Between a name and its value: `=`, `: `, `é`, "do wifi é", `": "`. Bounded, no two overlap. */
const BETWEEN =
  /^["'`*_]{0,3}(?:(?: [a-zà-ú-]{1,14}){0,4}? ?(?:=>?|:=?|->|→) ?|(?: [a-zà-ú-]{1,14}){0,4}? (?:é|eh|is|es|ist):? ?)["'`*_]{0,3}/i;

/** A place in a text, `end` behind its last unit. */
export interface Value {
  readonly start: number;
  readonly end: number;
}

/** The value that a name ending at `end` is given; undefined where it is given none. */
export function valueBehind(
  text: string,
  end: number,
  promise: 'password' | 'secret',
): Value | undefined {
  const between = BETWEEN.exec(text.slice(end, end + VALUE_REACH).split('\n', 1)[0] ?? '')?.[0];
  if (between === undefined) return undefined;
  const start = end + between.length;
  let stop = start;
  const last = Math.min(text.length, start + LONGEST_VALUE);
  while (stop < last && !/[\s"'`]/.test(text[stop] ?? '')) stop += 1;
  if (stop === start + LONGEST_VALUE) return undefined;
  while (stop > start && /[.,;:)\]}]/.test(text[stop - 1] ?? '')) stop -= 1;
  const value = text.slice(start, stop);
  const holds = promise === 'password' ? isPassword(value) : isSecret(value);
  return holds ? { start, end: stop } : undefined;
}

/** Expressions, names of algorithms, templates and a key's first line are no values. */
const NOT_A_VALUE =
  /^(?:-----BEGIN.*|sha-?\d+|md5|bcrypt|argon2id?|scrypt|pbkdf2|base64|utf-?8|hs256|rs256|oauth2?|https?:.*|process\.env.*|os\.environ.*|[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|[$@%#{[(].*|.*[({].*|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|\d+(?:[.,]\d+)*(?:px|em|rem|kb|mb|gb|ms|s|d|h|%)?)$/i;

const isName = (value: string): boolean => /^[a-z_][\w]*(?:\.[a-z_]\w*)+$/i.test(value);

function isPassword(value: string): boolean {
  if (value.length < 6 || isPlaceholder(value)) return false;
  if (/^\d{6,12}$/.test(value)) return new Set(value).size > 2;
  if (NOT_A_VALUE.test(value) || isName(value)) return false;
  const letters = /[a-z]/i.test(value);
  const digits = /\d/.test(value);
  const signs = /[^a-z0-9à-ú]/i.test(value) && !/^[a-zà-ú]+(?:[-_/.,][a-zà-ú]+)*$/i.test(value);
  return letters && (digits || signs) && new Set(value).size > 3;
}

function isSecret(value: string): boolean {
  if (value.length < 16 || isPlaceholder(value) || NOT_A_VALUE.test(value) || isName(value)) {
    return false;
  }
  return /[a-z]/i.test(value) && /\d/.test(value) && entropy(value) >= 3.2;
}
