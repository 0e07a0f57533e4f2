/** Kinds of personal data that can be told by their shape, and what stands in their place. */
const MARKS = {
  email: '[E-MAIL]',
  cpf: '[CPF]',
  cnpj: '[CNPJ]',
  card: '[CARD]',
  phone: '[PHONE]',
  cep: '[CEP]',
  ip: '[IP]',
} as const;

interface Shape {
  readonly mark: string;
  /** Every repetition is bounded, and no two neighbours take the same character: time is linear. */
  readonly pattern: RegExp;
  readonly isOne: (found: string) => boolean;
}

const always = (): boolean => true;
const digitsOf = (text: string): number[] => (text.match(/\d/g) ?? []).map(Number);

/** In the order in which they are looked for: what is more certain first. */
const SHAPES: readonly Shape[] = [
  {
    mark: MARKS.email,
    pattern: /(?<![\w.%+-])[\w.%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,6}/gu,
    isOne: always,
  },
  {
    mark: MARKS.cnpj,
    pattern: /(?<![\w.])[0-9A-Z]{2}\.?[0-9A-Z]{3}\.?[0-9A-Z]{3}\/?[0-9A-Z]{4}-?\d{2}(?!\w)/g,
    isOne: isCnpj,
  },
  {
    mark: MARKS.cpf,
    pattern: /(?<![\w.])\d{3}\.?\d{3}\.?\d{3}-?\d{2}(?!\w)/g,
    isOne: isCpf,
  },
  { mark: MARKS.card, pattern: /(?<![\w.])\d(?:[ -]?\d){12,18}(?![\w-])/g, isOne: isCard },
  {
    mark: MARKS.phone,
    pattern: /(?<![\w(])(?:\+55 ?)?(?:\(\d{2}\) ?|\d{2} )(?:9 ?)?\d{4}[ -]?\d{4}(?!\w)/g,
    isOne: always,
  },
  { mark: MARKS.phone, pattern: /(?<!\w)\+\d{1,3}(?:[ -]?\d{2,4}){2,5}(?!\w)/g, isOne: always },
  { mark: MARKS.cep, pattern: /(?<![\w-])\d{5}-\d{3}(?![\w-])/g, isOne: always },
  {
    mark: MARKS.ip,
    pattern: /(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.])/g,
    isOne: (found) => digitsGroups(found).every((part) => part <= 255),
  },
];

/**
 * Puts a mark in the place of e-mail addresses, CPF and CNPJ numbers (with right check digits),
 * payment cards, telephone numbers, postal codes and IP addresses. Names and what else only a
 * reader can tell stay.
 */
export function maskPersonalData(text: string): string {
  return SHAPES.reduce(
    (masked, { mark, pattern, isOne }) =>
      masked.replace(pattern, (found) => (isOne(found) ? mark : found)),
    text,
  );
}

/** Two check digits, modulo 11 (Receita Federal, IN RFB 1.548/2015). */
function isCpf(text: string): boolean {
  const digits = digitsOf(text);
  if (new Set(digits).size === 1) return false;
  return [9, 10].every((length) => {
    const sum = digits.slice(0, length).reduce((all, d, at) => all + d * (length + 1 - at), 0);
    return ((sum * 10) % 11) % 10 === digits[length];
  });
}

const CNPJ_WEIGHTS = [6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2];

/** The same of a company; letters count as their code less 48 (IN RFB 2.229/2024). */
function isCnpj(text: string): boolean {
  const values = (text.match(/[0-9A-Z]/g) ?? []).map((sign) => sign.charCodeAt(0) - 48);
  if (new Set(values).size === 1) return false;
  return [12, 13].every((length) => {
    const weights = CNPJ_WEIGHTS.slice(13 - length);
    const sum = weights.reduce((all, weight, at) => all + weight * (values[at] ?? 0), 0);
    const rest = sum % 11;
    return (rest < 2 ? 0 : 11 - rest) === values[length];
  });
}

/** The check digit of ISO/IEC 7812-1, annex B (Luhn). */
function isCard(text: string): boolean {
  const digits = digitsOf(text).reverse();
  const sum = digits.reduce((all, digit, at) => {
    const doubled = at % 2 === 1 ? digit * 2 : digit;
    return all + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0 && new Set(digits).size > 1;
}

const digitsGroups = (text: string): number[] => text.split('.').map(Number);
