import type { Language } from '../i18n/language.rules';

const SECONDS_OF_MINUTE = 60;

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
