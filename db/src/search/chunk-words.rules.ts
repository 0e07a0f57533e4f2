import type { Engine } from '../engine.js';
import { languageOfWords, plainWords, stemsToIndex } from './language/text-words.rules.js';

/** Where in a passage a word stands: in its document's title, in a heading above it, or in it. */
export const CHUNK_FIELDS = ['title', 'heading', 'words'] as const;
export type ChunkField = (typeof CHUNK_FIELDS)[number];

/** The stems of each field, in order, separated by spaces. */
export type ChunkWords = Readonly<Record<ChunkField, string>>;

/**
 * What PostgreSQL calls the fields. D is what it takes where nothing is said, and says by nothing.
 */
const WEIGHTS: Readonly<Record<ChunkField, string>> = { title: 'A', heading: 'B', words: '' };

/** PostgreSQL keeps no more places of a word in one text; how often it stands is all we ask. */
const MOST_PLACES = 250;

/**
 * InnoDB leaves out words of one or two letters, and a list of its own (innodb_ft_min_token_size,
 * INNODB_FT_DEFAULT_STOPWORD): in this form there are none of them.
 */
const MARIADB_PREFIX = 'w_';

/** The words of a passage as the index holds them; those of its title in each of its passages. */
export function chunkWords(title: string, heading: string, text: string): ChunkWords {
  const language =
    languageOfWords(plainWords(text)) ?? languageOfWords(plainWords(`${title} ${heading}`));
  const stems = (field: string) => stemsToIndex(field, language).join(' ');
  return { title: stems(title), heading: stems(heading), words: stems(text) };
}

/** The words of a title, for the passages of a document that is given another one. */
export function titleWords(title: string): string {
  return stemsToIndex(title, undefined).join(' ');
}

/**
 * The collection of a passage as a word, so that an index is read for some collections only. No
 * stem holds two `_` in a row. It is never what decides who may read: that stands in the query.
 */
export const placeWord = (collectionId: number): string => `c__${String(collectionId)}`;

/** A stem as an engine's index holds it. */
export const indexedStem = (engine: Engine, stem: string): string =>
  engine === 'mariadb' ? MARIADB_PREFIX + stem : stem;

/** Stems separated by spaces, as an engine's index holds them. */
export const indexedStems = (engine: Engine, stems: string): string =>
  engine === 'mariadb' && stems !== ''
    ? MARIADB_PREFIX + stems.replaceAll(' ', ` ${MARIADB_PREFIX}`)
    : stems;

/** The reverse of {@link indexedStems}. */
export const plainStems = (engine: Engine, indexed: string): string =>
  engine === 'mariadb'
    ? indexed.slice(MARIADB_PREFIX.length).replaceAll(` ${MARIADB_PREFIX}`, ' ')
    : indexed;

/**
 * Words as a `tsvector` in text, each with how often it stands in which field; their order is
 * given up. Written here rather than by `to_tsvector`, whose parser would cut them its own way.
 */
export function asTsvector(words: Partial<ChunkWords>, place?: string): string {
  const places = new Map<string, string[]>(place === undefined ? [] : [[place, ['1C']]]);
  for (const field of CHUNK_FIELDS) {
    for (const stem of words[field]?.split(' ') ?? []) {
      if (stem === '') continue;
      const of = places.get(stem) ?? [];
      if (of.length < MOST_PLACES) of.push(`${String(of.length + 1)}${WEIGHTS[field]}`);
      places.set(stem, of);
    }
  }
  return [...places].map(([stem, of]) => `'${stem}':${of.join(',')}`).join(' ');
}

/** The reverse of {@link asTsvector}, each field in no order. */
export function fromTsvector(text: string): ChunkWords {
  const fields: Record<ChunkField, string[]> = { title: [], heading: [], words: [] };
  for (const [, stem = '', places = ''] of text.matchAll(/'([^']*)':(\S+)/g)) {
    if (places.endsWith('C')) continue;
    for (const place of places.split(',')) {
      const field = place.endsWith('A') ? 'title' : place.endsWith('B') ? 'heading' : 'words';
      fields[field].push(stem);
    }
  }
  return {
    title: fields.title.join(' '),
    heading: fields.heading.join(' '),
    words: fields.words.join(' '),
  };
}
