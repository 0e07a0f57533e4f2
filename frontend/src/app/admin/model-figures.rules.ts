import type { Language } from '../i18n/language.rules';

const UNITS = ['kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;
/** From gigabytes on one digit behind the point says something. */
const DIGITS_FROM = 2;
const SECONDS_OF_MINUTE = 60;

/** Bytes as the language writes them: `812 MB`, `2,0 GB`. */
export function sizeOf(bytes: number, language: Language): string {
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

/**
 * Time that is left, in whole seconds or minutes; empty where nothing can be said.
 * @param seconds any number, also infinite
 */
export function timeLeft(seconds: number, language: Language): string {
  if (!Number.isFinite(seconds)) return '';
  const isShort = seconds < SECONDS_OF_MINUTE;
  const value = Math.max(1, Math.ceil(isShort ? seconds : seconds / SECONDS_OF_MINUTE));
  const unit = isShort ? 'second' : 'minute';
  return new Intl.NumberFormat(language, { style: 'unit', unit }).format(value);
}
