import { passesLuhn } from './check-digits.rules.js';

/** First digits (from, to) and lengths of the payment networks (ISO/IEC 7812 issuers). */
const ISSUERS: readonly (readonly [from: string, to: string, lengths: readonly number[]])[] = [
  ['4', '4', [13, 16, 19]], // Visa
  ['51', '55', [16]], // Mastercard
  ['2221', '2720', [16]],
  ['34', '34', [15]], // American Express
  ['37', '37', [15]],
  ['300', '305', [14, 16]], // Diners
  ['3095', '3095', [14, 16]],
  ['36', '36', [14, 16]],
  ['38', '39', [14, 16]],
  ['6011', '6011', [16, 19]], // Discover
  ['644', '659', [16, 19]],
  ['622126', '622925', [16, 19]],
  ['3528', '3589', [16, 19]], // JCB
  ['2131', '2131', [15]],
  ['1800', '1800', [15]],
  ['62', '62', [16, 17, 18, 19]], // UnionPay
  ['5018', '5018', [12, 13, 14, 15, 16, 17, 18, 19]], // Maestro
  ['5020', '5020', [12, 13, 14, 15, 16, 17, 18, 19]],
  ['5038', '5038', [12, 13, 14, 15, 16, 17, 18, 19]],
  ['5612', '5612', [12, 13, 14, 15, 16, 17, 18, 19]],
  ['5893', '5893', [12, 13, 14, 15, 16, 17, 18, 19]],
  ['6304', '6304', [12, 13, 14, 15, 16, 17, 18, 19]],
  ['6390', '6390', [12, 13, 14, 15, 16, 17, 18, 19]],
  ['6759', '6763', [12, 13, 14, 15, 16, 17, 18, 19]],
  ['5067', '5067', [16]], // Elo
  ['5090', '5090', [16]],
  ['6363', '6363', [16]],
  ['6277', '6277', [16]],
  ['6062', '6062', [16]], // Hipercard
  ['3841', '3841', [13, 16, 19]],
];

/** Whether digits are a payment card's: Luhn, an issuer's first digits and one of its lengths. */
export function isCard(digits: readonly number[]): boolean {
  if (digits.length < 12 || digits.length > 19 || !passesLuhn(digits)) return false;
  if (new Set(digits).size < 2) return false;
  const number = digits.join('');
  return ISSUERS.some(([from, to, lengths]) => {
    const first = number.slice(0, from.length);
    return first >= from && first <= to && lengths.includes(digits.length);
  });
}

/** Whether digits could be a payment card's of any issuer: Luhn, and 2 to 6 in front (ISO/IEC 7812-1). */
export const mayBeCard = (digits: readonly number[]): boolean =>
  digits.length >= 12 &&
  digits.length <= 19 &&
  /[2-6]/.test(String(digits[0])) &&
  new Set(digits).size > 1 &&
  passesLuhn(digits);

/** 12 digits are a card's only by its word of context: too many other numbers are as long. */
export const CARD_WITHOUT_CONTEXT = 13;
