/** Signs that tokens are written in, by the name that a policy's file gives them. */
const SIGNS = {
  digits: '0-9',
  hex: '0-9a-fA-F',
  upper: '0-9A-Z',
  base62: '0-9A-Za-z',
  base64: '0-9A-Za-z+/=',
  base64url: '0-9A-Za-z_-',
  dotted: '0-9A-Za-z_.-',
  path: '0-9A-Za-z_/.-',
  escaped: '0-9A-Za-z%_+/=.~-',
} as const;

/** Names of the sets of signs. */
export const SIGN_SETS = Object.keys(SIGNS) as readonly (keyof typeof SIGNS)[];
export type SignSet = keyof typeof SIGNS;

const TABLES = Object.fromEntries(
  Object.entries(SIGNS).map(([name, signs]) => {
    const one = new RegExp(`[${signs}]`);
    return [
      name,
      Uint8Array.from({ length: 128 }, (_, code) => Number(one.test(String.fromCharCode(code)))),
    ];
  }),
) as Readonly<Record<SignSet, Uint8Array>>;

/** End of the run of a set's signs that begins at `from`, no more than `longest` units on. */
export function runEnd(text: string, from: number, signs: SignSet, longest: number): number {
  const table = TABLES[signs];
  const last = Math.min(text.length, from + longest);
  let at = from;
  while (at < last && table[text.charCodeAt(at)] === 1) at += 1;
  return at;
}

/** Whether a unit is one of a set's signs. */
export const isSign = (code: number, signs: SignSet): boolean => TABLES[signs][code] === 1;

/** Shannon's entropy of a text, in bits a sign. */
export function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const sign of text) counts.set(sign, (counts.get(sign) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values())
    bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}

const PLACEHOLDER =
  /example|exemplo|placeholder|your|seu[-_]|sua[-_]|change[-_]?me|troque|redacted|dummy|insert|xxxx|XXXX|\*{3}|\.{3}|<|>|\$\{|\{\{|0{6}|1234567890abcdef|abcdefghij|123456789012/i;

/**
 * Whether a value only stands for one: `sk-xxxxxxxx`, `<your key>`, and what a documentation names
 * as its example, such as AWS's AKIAIOSFODNN7EXAMPLE.
 */
export const isPlaceholder = (value: string): boolean => PLACEHOLDER.test(value);
