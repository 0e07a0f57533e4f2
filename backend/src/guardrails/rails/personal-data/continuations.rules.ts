import { ibanLength, passesModulo97, digitsIn, isCnpj } from './check-digits.rules.js';
import { cnpjValues, NUMBER_FORMS, type NumberKind } from './kinds.js';
import { isWordUnit } from './number-forms.rules.js';

/** Longest that personal data may be whose beginning is looked for, in UTF-16 units. */
const LONGEST = 256;

/** What a telephone number goes on with, of which half is there. */
const PHONE_ENDS = ['4', '43', '432', '4321', '-4321', ' 4321', '5-4321', '65-4321', '654321'];

/** An amount may be many a number's beginning. */
const AMOUNT = /(?:^|\s)\d{1,3}(?:\.\d{1,3})*$/;

const UUID_FORM = 'xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx';
const LETTERED_CNPJ =
  /(?<![0-9A-Za-z])[0-9A-Za-z]{2}\.?[0-9A-Za-z]{3}\.?[0-9A-Za-z]{3}\/?[0-9A-Za-z]{4}-?\d?$/;
const IBAN = /(?<![0-9A-Za-z])[A-Za-z]{2}\d{2}(?: ?[0-9A-Za-z]){0,30} ?$/;
const EMAIL = /[^\s@]@[^\s@]*$/;
const IP = /(?:\d{1,3}\.){3}$/;
const UUID = /(?<![0-9a-z])[0-9a-f]{8}-[0-9a-f-]{0,27}$/i;

/**
 * How a text that was cut off may go on so that what it ends with becomes somebody's data: numbers in
 * each form they are written in, with check digits that hold. Linear; a few dozen at most.
 * @param text as it is read.
 */
export function* dataContinuations(text: string): Generator<string> {
  const tail = text.slice(-LONGEST);
  if (/\d/.test(tail.slice(-LONGEST_FORM))) {
    for (const [form, kinds] of FORMS) yield* restsOfNumber(tail, form, kinds);
    if (!AMOUNT.test(tail)) yield* PHONE_ENDS;
  }
  if (EMAIL.test(tail)) yield* ['m', '.com', 'x.com'];
  if (IP.test(tail)) yield '1';
  const uuid = UUID.exec(tail)?.[0];
  if (uuid !== undefined) yield UUID_FORM.slice(uuid.length).replaceAll('x', '7');
  yield* checked(LETTERED_CNPJ.exec(tail)?.[0], (whole) => isCnpj(cnpjValues(whole)));
  yield* restOfIban(IBAN.exec(tail)?.[0]);
}

/** Each form written out: `d` for a digit. */
const FORMS = NUMBER_FORMS.map(([form, kinds]) => {
  const written = form.replace(/\d+/g, (digits) => 'd'.repeat(Number(digits)));
  return [written, kinds] as const;
});
const LONGEST_FORM = Math.max(...FORMS.map(([form]) => form.length));

const fits = (form: string, text: string): boolean =>
  [...text].every((sign, at) => (form[at] === 'd' ? /\d/.test(sign) : form[at] === sign));

/** The rest of a number of which half is there, for each kind that it may be. */
function* restsOfNumber(
  text: string,
  form: string,
  kinds: readonly NumberKind[],
): Generator<string> {
  for (let there = form.length - 1; there * 2 >= form.length; there -= 1) {
    const begun = text.slice(-there);
    if (begun.length < there || !fits(form, begun)) continue;
    if (isWordUnit(text.charCodeAt(text.length - there - 1))) continue;
    for (const { isOne } of kinds) {
      yield* withDigits(form.slice(there), (rest) => isOne(digitsIn(begun + rest)));
    }
    return;
  }
}

/** Two digits are as many as check what stands in front of them. */
function* withDigits(form: string, holds: (rest: string) => boolean): Generator<string> {
  for (let checks = 0; checks < 100; checks += 1) {
    const digits = [...String(checks).padStart(2, '0')];
    const known = form.split('d').length - 1;
    let at = 0;
    const rest = form.replaceAll('d', () => {
      at += 1;
      const fromEnd = known - at;
      return fromEnd < 2 ? (digits[1 - fromEnd] ?? '0') : String(at % 9);
    });
    if (!holds(rest)) continue;
    yield rest;
    return;
  }
}

function* checked(begun: string | undefined, holds: (whole: string) => boolean): Generator<string> {
  if (begun === undefined) return;
  for (const form of ['-dd', 'dd', 'd']) yield* withDigits(form, (rest) => holds(begun + rest));
}

function* restOfIban(begun: string | undefined): Generator<string> {
  const iban = begun?.replaceAll(' ', '') ?? '';
  const missing = (ibanLength(iban.slice(0, 2)) ?? 0) - iban.length;
  if (missing > 0) yield* withDigits('d'.repeat(missing), (rest) => passesModulo97(iban + rest));
}
