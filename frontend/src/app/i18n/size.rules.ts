import type { Language } from './language.rules';

const UNITS = ['kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;
/** From gigabytes on one digit behind the point says something. */
const DIGITS_FROM = 2;

/** Bytes as the language writes them: `312 bytes`, `812 MB`, `2,0 GB`. */
export function sizeOf(bytes: number, language: Language): string {
  if (bytes > 0 && bytes < 1000) return smallSizeOf(bytes, language);
  const power = bytes < 1000 ? 1 : Math.floor(Math.log10(bytes) / 3);
  const rounded = Math.round(bytes / 1000 ** power) >= 1000 ? power + 1 : power;
  const at = Math.min(rounded, UNITS.length) - 1;
  const digits = at >= DIGITS_FROM ? 1 : 0;
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: UNITS[at],
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(bytes / 1000 ** (at + 1));
}

function smallSizeOf(bytes: number, language: Language): string {
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: 'byte',
    unitDisplay: 'long',
  }).format(bytes);
}
