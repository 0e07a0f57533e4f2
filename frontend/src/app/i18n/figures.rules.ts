import type { Language } from './language.rules';

/** Prices are counted in nano-dollars: no cost has more digits than these. */
const MOST_DIGITS = 9;
/** Of an amount below a dollar so many digits that say something are shown. */
const TELLING_DIGITS = 2;

/** Dollars as the language writes them; of a tiny amount enough digits to be more than zero. */
export function moneyOf(usd: number, language: Language): string {
  const size = Math.abs(usd);
  const zeros = size > 0 && size < 1 ? Math.ceil(-Math.log10(size)) - 1 : 0;
  const digits = size > 0 && size < 1 ? zeros + TELLING_DIGITS : 2;
  return new Intl.NumberFormat(language, {
    style: 'currency',
    currency: 'USD',
    minimumFractionDigits: 2,
    maximumFractionDigits: Math.min(Math.max(digits, 2), MOST_DIGITS),
  }).format(usd);
}

/** A number of things. */
export function countOf(count: number, language: Language): string {
  return new Intl.NumberFormat(language).format(count);
}

/** A part of a whole, such as "42 %"; `part` 1 is all of it. */
export function percentOf(part: number, language: Language): string {
  return new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 }).format(
    part,
  );
}

/** Which form a text about so many things takes; no language here has a third that it needs. */
export function pluralOf(count: number, language: Language): 'one' | 'other' {
  return new Intl.PluralRules(language).select(count) === 'one' ? 'one' : 'other';
}

/** A count in few characters, for the axis of a chart: "1,2 mi". */
export function shortCountOf(count: number, language: Language): string {
  return new Intl.NumberFormat(language, {
    notation: 'compact',
    maximumFractionDigits: 1,
  }).format(count);
}

/** Below this many milliseconds tenths of a second would say next to nothing. */
const SHORT_MS = 100;

/** Seconds with one digit, from a minute on minutes and seconds. `ms` in milliseconds. */
export function durationOf(ms: number, language: Language): string {
  if (ms < SHORT_MS) return unit(Math.round(ms), 'millisecond', language);
  const tenths = Math.round(ms / 100) / 10;
  if (tenths < 60) return unit(tenths, 'second', language);
  const seconds = Math.round(ms / 1000);
  const rest = seconds % 60;
  const minutes = unit((seconds - rest) / 60, 'minute', language);
  return rest === 0 ? minutes : `${minutes} ${unit(rest, 'second', language)}`;
}

function unit(
  value: number,
  name: 'millisecond' | 'second' | 'minute',
  language: Language,
): string {
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: name,
    unitDisplay: name === 'second' ? 'narrow' : 'short',
    maximumFractionDigits: 1,
  }).format(value);
}
