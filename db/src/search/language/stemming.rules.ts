/**
 * Light stemming: enough for a question and a passage to meet whatever the inflection, and no
 * more. Portuguese after Orengo and Huyck's RSLP (2001) and English after Porter (1980), each cut
 * down to the endings that matter for questions about software. Words come in folded: lower case,
 * without accents.
 */
export type Stemmer = (word: string) => string;

/** Ending, replacement, fewest letters that must remain before it. First match wins. */
type Ending = readonly [ending: string, replacement: string, remaining: number];

const PORTUGUESE_PLURALS: readonly Ending[] = [
  ['oes', 'ao', 2],
  ['aes', 'ao', 2],
  ['ais', 'al', 2],
  ['eis', 'el', 2],
  ['res', 'r', 3],
  ['zes', 'z', 2],
  ['ns', 'm', 2],
  ['ss', 'ss', 0],
  ['s', '', 3],
];

const PORTUGUESE_ENDINGS: readonly Ending[] = [
  ...[
    'zinho',
    'zinha',
    'inho',
    'inha',
    'amento',
    'imento',
    'adora',
    'idade',
    'mente',
    'acao',
    'icao',
    'ador',
    'avel',
    'ivel',
  ],
  ...['assem', 'essem', 'aremo', 'eremo', 'avamo', 'ariam', 'eriam', 'iriam', 'aram', 'eram'],
  ...['iram', 'arem', 'asse', 'esse', 'isse', 'aria', 'eria', 'iria', 'avam', 'ando', 'endo'],
  ...['indo', 'arei', 'erei', 'irei', 'amo', 'emo', 'imo', 'ada', 'ado', 'ida', 'ido', 'ava'],
].map((ending): Ending => [ending, '', 3]);

const PORTUGUESE_SHORT_ENDINGS: readonly Ending[] = [
  ...['ara', 'era', 'ira', 'ou', 'ei', 'eu', 'iu', 'am', 'em'].map((e): Ending => [e, '', 3]),
  ...['ar', 'er', 'ir'].map((e): Ending => [e, '', 2]),
  ['io', '', 4],
  ['ia', '', 4],
  ...['a', 'e', 'i', 'o', 'u'].map((e): Ending => [e, '', 2]),
];

const ENGLISH_ENDINGS: readonly Ending[] = [
  ['ational', '', 3],
  ['ations', '', 3],
  ['ation', '', 3],
  ['ions', '', 4],
  ['ion', '', 4],
  ['ments', '', 4],
  ['ment', '', 4],
  ['ingly', '', 3],
  ['edly', '', 3],
  ['ings', '', 3],
  ['ing', '', 3],
  ['ied', 'y', 2],
  ['ies', 'y', 2],
  ['sses', 'ss', 1],
  ['ches', 'ch', 1],
  ['shes', 'sh', 1],
  ['ed', '', 3],
  ['ly', '', 3],
  ['ss', 'ss', 0],
  ['us', 'us', 0],
  ['s', '', 2],
];

function withEnding(word: string, endings: readonly Ending[]): string {
  for (const [ending, replacement, remaining] of endings) {
    if (word.length - ending.length >= remaining && word.endsWith(ending)) {
      return word.slice(0, word.length - ending.length) + replacement;
    }
  }
  return word;
}

/** `conectar`, `conecto`, `conectado`, `conecte` → `conect`; `apaguei`, `apagar` → `apag`. */
export const stemPortuguese: Stemmer = (word) => {
  if (word.length < 4 || /\d/.test(word)) return word;
  const singular = withEnding(word, PORTUGUESE_PLURALS);
  const long = withEnding(singular, PORTUGUESE_ENDINGS);
  const stem = long === singular ? withEnding(singular, PORTUGUESE_SHORT_ENDINGS) : long;
  return stem.replace(/gu$/, 'g').replace(/qu$/, 'c');
};

/** `connect`, `connecting`, `connection` → `connect`; `stopped` → `stop`; `retries` → `retri`. */
export const stemEnglish: Stemmer = (word) => {
  if (word.length < 4 || /\d/.test(word)) return word;
  const cut = withEnding(word, ENGLISH_ENDINGS);
  const single = cut === word ? cut : cut.replace(/([bdfgmnprt])\1$/, '$1');
  return single.replace(/y$/, 'i').replace(/e$/, '');
};
