/** Decimal digits of a text, in order; whatever else it holds is left out. */
export function digitsIn(text: string): number[] {
  const digits: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const digit = text.charCodeAt(at) - 48;
    if (digit >= 0 && digit <= 9) digits.push(digit);
  }
  return digits;
}

const allEqual = (values: readonly number[]): boolean => values.every((v) => v === values[0]);

const weighed = (values: readonly number[], weights: readonly number[]): number =>
  weights.reduce((sum, weight, at) => sum + weight * (values[at] ?? 0), 0);

/** 11 less the remainder; 10 and 11 count as 0, as most Brazilian registers do. */
const modulo11 = (sum: number): number => {
  const digit = 11 - (sum % 11);
  return digit > 9 ? 0 : digit;
};

const FROM_10 = [10, 9, 8, 7, 6, 5, 4, 3, 2];
const FROM_11 = [11, ...FROM_10];

/** CPF: two check digits, modulo 11 (Receita Federal, IN RFB 1.548/2015). */
export function isCpf(digits: readonly number[]): boolean {
  return (
    digits.length === 11 &&
    !allEqual(digits) &&
    modulo11(weighed(digits, FROM_10)) === digits[9] &&
    modulo11(weighed(digits, FROM_11)) === digits[10]
  );
}

const CNPJ_WEIGHTS = [6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2];

/** CNPJ, also with letters, which count as their ASCII code less 48 (IN RFB 2.229/2024). */
export function isCnpj(values: readonly number[]): boolean {
  return (
    values.length === 14 &&
    !allEqual(values) &&
    modulo11(weighed(values, CNPJ_WEIGHTS.slice(1))) === values[12] &&
    modulo11(weighed(values, CNPJ_WEIGHTS)) === values[13]
  );
}

/** The check digit of ISO/IEC 7812-1, annex B (Luhn). */
export function passesLuhn(digits: readonly number[]): boolean {
  let sum = 0;
  for (let at = 0; at < digits.length; at += 1) {
    const digit = digits[digits.length - 1 - at] ?? 0;
    const counted = at % 2 === 1 ? digit * 2 : digit;
    sum += counted > 9 ? counted - 9 : counted;
  }
  return sum % 10 === 0;
}

/** CNH: two check digits; where the first is 10, the second is lowered by 2 (Denatran). */
export function isCnh(digits: readonly number[]): boolean {
  if (digits.length !== 11 || allEqual(digits)) return false;
  const first = weighed(digits, [9, 8, 7, 6, 5, 4, 3, 2, 1]) % 11;
  const second = weighed(digits, [1, 2, 3, 4, 5, 6, 7, 8, 9]) % 11;
  const lowered = first > 9 ? second - 2 : second;
  const last = lowered < 0 ? lowered + 11 : lowered;
  return digits[9] === (first > 9 ? 0 : first) && digits[10] === (last > 9 ? 0 : last);
}

/** PIS, PASEP, NIT and NIS: one check digit, modulo 11. */
export function isPis(digits: readonly number[]): boolean {
  return (
    digits.length === 11 &&
    !allEqual(digits) &&
    modulo11(weighed(digits, [3, 2, 9, 8, 7, 6, 5, 4, 3, 2])) === digits[10]
  );
}

/** Voter's card: state 01 to 28 in the 9th and 10th digit, then two check digits (TSE). */
export function isVoterCard(digits: readonly number[]): boolean {
  if (digits.length !== 12 || allEqual(digits)) return false;
  const state = (digits[8] ?? 0) * 10 + (digits[9] ?? 0);
  if (state < 1 || state > 28) return false;
  // São Paulo and Minas Gerais write 1 where the others write 0.
  const rest = (sum: number): number =>
    sum % 11 === 10 ? 0 : sum % 11 === 0 && state <= 2 ? 1 : sum % 11;
  const first = rest(weighed(digits, [2, 3, 4, 5, 6, 7, 8, 9]));
  const second = rest((digits[8] ?? 0) * 7 + (digits[9] ?? 0) * 8 + first * 9);
  return digits[10] === first && digits[11] === second;
}

/** Length of an IBAN by its country (SWIFT IBAN registry, release 99). */
const IBAN_LENGTHS: Readonly<Record<string, number>> = Object.fromEntries(
  (
    'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 ' +
    'DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 ' +
    'IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 ' +
    'MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 ' +
    'SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30'
  )
    .split(' ')
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);

/** How many characters an IBAN of a country has; undefined where there is none. */
export const ibanLength = (country: string): number | undefined =>
  IBAN_LENGTHS[country.toUpperCase()];

/** Whether letters and digits without spaces pass ISO 13616's check, modulo 97. */
export function passesModulo97(iban: string): boolean {
  const turned = `${iban.slice(4)}${iban.slice(0, 4)}`.toUpperCase();
  let rest = 0;
  for (const sign of turned) {
    const value = parseInt(sign, 36);
    if (Number.isNaN(value)) return false;
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}
