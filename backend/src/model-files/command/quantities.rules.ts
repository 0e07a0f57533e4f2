import type { Language } from '../../platform/language.rules.js';

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];
const SECONDS_OF_MINUTE = 60;

/** Bytes as people read them: `812 MB`, `2.0 GB`. */
export function sizeText(bytes: number, language: Language): string {
  const power = bytes < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
  // 999,999 bytes are 1.0 MB, not 1,000 kB.
  const at =
    Math.round(bytes / 1000 ** power) >= 1000 && power < UNITS.length - 1 ? power + 1 : power;
  const digits = at >= 3 ? 1 : 0;
  const number = new Intl.NumberFormat(language, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(bytes / 1000 ** at);
  return `${number} ${UNITS[at] ?? ''}`;
}

/** Time that is left: `40 s`, `3 min`; empty where nothing can be said. */
export function leftText(seconds: number): string {
  if (!Number.isFinite(seconds)) return '';
  if (seconds < SECONDS_OF_MINUTE) return `${String(Math.ceil(seconds))} s`;
  return `${String(Math.ceil(seconds / SECONDS_OF_MINUTE))} min`;
}
