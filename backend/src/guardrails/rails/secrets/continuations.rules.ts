import { isSign, runEnd, type SignSet } from './token-signs.rules.js';

/** Of the tokens of a service: what they begin with, and how many signs follow at least. */
interface TokenShape {
  readonly prefixes: readonly string[];
  readonly signs: SignSet;
  readonly least: number;
}

/** So far back a token may have begun, in UTF-16 units. */
const REACH = 512;

/** As irregular as keys are. */
const IRREGULAR = 'k7Qz9Xw2Vb5Rt8Yp3Lm6Hs4Jd1Gf0NcT';
const HEX = '7f3a9c2e5b8d1406';

const filling = (signs: SignSet, length: number): string => {
  const part =
    signs === 'hex'
      ? HEX
      : signs === 'digits'
        ? '7392856104'
        : signs === 'upper'
          ? IRREGULAR.toUpperCase()
          : IRREGULAR;
  return part.repeat(Math.ceil(length / part.length)).slice(0, Math.max(0, length));
};

const JWT = /eyJ[\w-]*(?:\.[\w-]*){0,2}$/;
const TELEGRAM = /\d{8,11}:([\w-]*)$/;
const DISCORD = /[MNO][\w-]{23,27}\.([\w-]*)(?:\.([\w-]*))?$/;
const ENTRA = /[A-Za-z0-9_~.-]{3}\dQ~([\w%+/=.~-]*)$/;
/** With the beginning of a password that is no port. */
const ADDRESS = /:\/\/[^\s"'`<>/?#@]*:(?!\d{0,5}$)[^\s"'`<>/?#@]+$/;
const KEY_HEAD = '-----BEGIN ';

/**
 * How a text that was cut off may go on so that what it ends with becomes a secret: with as many
 * signs as its token needs at least.
 * @param text as it is read.
 */
export function* secretContinuations(
  text: string,
  rules: readonly TokenShape[],
): Generator<string> {
  for (const rule of rules) yield* restOfToken(text, rule);
  yield* restOfJwt(JWT.exec(text.slice(-REACH))?.[0]);
  const tail = text.slice(-REACH);
  const fill = (length: number): string => filling('base62', length);
  const [, telegram] = TELEGRAM.exec(tail) ?? [];
  if (telegram !== undefined) yield fill(35 - telegram.length);
  const [, time, signature] = DISCORD.exec(tail) ?? [];
  if (signature !== undefined) yield fill(27 - signature.length);
  else if (time !== undefined) yield `${fill(6 - time.length)}.${fill(27)}`;
  const [, entra] = ENTRA.exec(tail) ?? [];
  if (entra !== undefined) yield fill(32 - entra.length);
  if (ADDRESS.test(tail)) yield '@h.br/';
  if (text.includes(KEY_HEAD)) yield* [fill(128), `\n${fill(128)}`];
  // Passwords and named secrets are ordinary words as long as they hold no digit and no sign.
  yield* ['b', 'bcd', 'bcdfgh'];
  if (/\d\S*$/.test(tail)) yield fill(8);
}

function* restOfToken(text: string, { prefixes, signs, least }: TokenShape): Generator<string> {
  if (prefixes.length === 0) {
    let from = text.length;
    while (from > 0 && text.length - from <= least && isSign(text.charCodeAt(from - 1), signs)) {
      from -= 1;
    }
    if (from < text.length && text.length - from < least) {
      yield filling(signs, least - (text.length - from));
    }
  }
  for (const prefix of prefixes) {
    const at = text.lastIndexOf(prefix);
    const from = at + prefix.length;
    if (at < 0 || text.length - from >= least) continue;
    if (runEnd(text, from, signs, text.length) === text.length) {
      yield filling(signs, least - (text.length - from));
    }
  }
}

function* restOfJwt(begun: string | undefined): Generator<string> {
  if (begun === undefined) return;
  const [head = '', body, signature] = begun.split('.');
  const end = filling('base62', 43);
  if (signature !== undefined) yield end.slice(signature.length);
  else if (body !== undefined) yield `${'eyJ'.slice(body.length)}${end}.${end}`;
  else yield `${end.slice(0, Math.max(0, 20 - head.length))}.eyJ${end}.${end}`;
}
