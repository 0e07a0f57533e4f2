import type { Limit } from '../api/limits-api';
import type { Language } from '../i18n/language.rules';

/** Why a text is no amount of a limit; the key of its sentence is `limits.problem-…`. */
export type AmountProblem =
  'empty' | 'unreadable' | 'separator' | 'whole' | 'negative' | 'tooLarge' | 'tooFine';

export type ReadAmount = { readonly amount: number } | { readonly problem: AmountProblem };

/** The most that the server takes; beyond it somebody has typed a zero too many. */
export const MOST: Readonly<Record<Limit['measure'], number>> = {
  requests: 1_000_000_000,
  tokens: 1_000_000_000_000,
  usd: 1_000_000,
  openRuns: 100_000,
};

/** Dollars are entered to a hundredth of a cent. */
export const FINEST_DIGITS = 4;

/** An amount for each measure as one would write it, to show how. */
export const EXAMPLES: Readonly<Record<Limit['measure'], number>> = {
  requests: 200,
  tokens: 1_000_000,
  usd: 2.5,
  openRuns: 3,
};

/**
 * Reads what was typed as the language writes numbers. A separator in a place where only the other
 * language has it is a problem, never a guess: 2.50 in Portuguese could be 250.
 */
export function readAmount(
  text: string,
  measure: Limit['measure'],
  language: Language,
): ReadAmount {
  const typed = text.replace(/\s|US\$|\$/g, '');
  if (!typed) return { problem: 'empty' };
  if (!/^-?[\d.,]*\d[\d.,]*$/.test(typed)) return { problem: 'unreadable' };
  if (typed.startsWith('-')) return { problem: 'negative' };
  const [group, decimal] = language === 'pt-BR' ? ['.', ','] : [',', '.'];
  const [whole = '', fraction, ...more] = typed.split(decimal);
  const isGrouped = new RegExp(`^\\d{1,3}(\\${group}\\d{3})+$`).test(whole);
  const isPlain = /^\d*$/.test(whole);
  if ((!isGrouped && !isPlain) || more.length > 0 || !/^\d*$/.test(fraction ?? '')) {
    return { problem: 'separator' };
  }
  if (measure !== 'usd' && fraction !== undefined) return { problem: 'whole' };
  if ((fraction?.length ?? 0) > FINEST_DIGITS) return { problem: 'tooFine' };
  const amount = Number(`${whole.replaceAll(group, '')}.${fraction ?? ''}0`);
  return amount > MOST[measure] ? { problem: 'tooLarge' } : { amount };
}

/** An amount as one would type it. */
export function writeAmount(amount: number, measure: Limit['measure'], language: Language): string {
  const digits = measure === 'usd' && amount % 1 !== 0 ? 2 : 0;
  return new Intl.NumberFormat(language, {
    minimumFractionDigits: digits,
    maximumFractionDigits: FINEST_DIGITS,
  }).format(amount);
}
