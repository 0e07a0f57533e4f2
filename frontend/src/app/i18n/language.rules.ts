/** The languages the screens speak. Portuguese comes first: it is where Prosa was born. */
export const LANGUAGES = ['pt-BR', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The language of each name as its own speakers write it: the same in every language file. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  'pt-BR': 'Português',
  en: 'English',
};

export const isLanguage = (value: unknown): value is Language =>
  LANGUAGES.includes(value as Language);

/**
 * Chooses a language: what the person set, else what was used last here, else the first of the
 * browser's that we speak (any Portuguese counts), else Portuguese.
 */
export function chooseLanguage(
  wishes: readonly (string | null)[],
  browser: readonly string[],
): Language {
  const wish = wishes.find(isLanguage);
  if (wish) return wish;
  for (const tag of browser) {
    const prefix = tag.toLowerCase().split('-')[0];
    if (prefix === 'pt') return 'pt-BR';
    if (prefix === 'en') return 'en';
  }
  return 'pt-BR';
}
