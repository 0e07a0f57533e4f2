/** Languages Prosa speaks, the first being the default. */
export const LANGUAGES = ['pt-BR', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/**
 * The best of Prosa's languages for an `Accept-Language` header (RFC 9110, section 12.5.4):
 * highest weight first, compared by the primary subtag. Portuguese when none fits.
 */
export function preferredLanguage(header: string | undefined): Language {
  const ranges = (header ?? '')
    .split(',')
    .map((range) => {
      const [tag = '', ...parameters] = range.trim().toLowerCase().split(';');
      const weight = parameters.map((p) => /^\s*q=([\d.]+)\s*$/.exec(p)?.[1]).find(Boolean);
      return {
        primary: tag.trim().split('-')[0],
        weight: weight === undefined ? 1 : Number(weight),
      };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight);
  for (const { primary } of ranges) {
    const match = LANGUAGES.find((language) => language.toLowerCase().split('-')[0] === primary);
    if (match) {
      return match;
    }
  }
  return LANGUAGES[0];
}

/** The reader's language, as POSIX systems say it: Portuguese, else English. */
export function terminalLanguage(env: Readonly<Record<string, string | undefined>>): Language {
  const said = [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find((value) => value);
  return /^pt/i.test(said ?? '') ? 'pt-BR' : 'en';
}
