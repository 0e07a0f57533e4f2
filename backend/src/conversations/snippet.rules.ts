import { fold, wordsOf } from '#db';
import type { Snippet } from './conversations.schema.js';

/** Length of a snippet, in UTF-16 code units: about two lines of a narrow list. */
const SNIPPET_LENGTH = 160;

/** Text shown before the first match, so that it does not begin with it. */
const LEAD = 40;

/**
 * The part of a text around the first word that a search matches, and where in it all matches
 * are. Plain text: line breaks become spaces, nothing is markup.
 * @returns null when no word of the query is in the text.
 */
export function snippetOf(text: string, query: string): Snippet | null {
  const sought = wordsOf(query);
  const matches = findMatches(text, sought);
  const first = matches[0];
  if (!first) {
    return null;
  }
  const from = startOfWord(text, Math.max(0, first[0] - LEAD));
  const to = wholeCharacters(text, Math.min(text.length, from + SNIPPET_LENGTH));
  const before = from > 0 ? '…' : '';
  const shift = before.length - from;
  return {
    text: before + text.slice(from, to).replace(/\s/g, ' ') + (to < text.length ? '…' : ''),
    hits: matches
      .filter(([start, end]) => start >= from && end <= to)
      .map(([start, end]) => [start + shift, end + shift]),
  };
}

function findMatches(text: string, sought: readonly string[]): [number, number][] {
  const whole = new Set(sought.slice(0, -1));
  const prefix = sought.at(-1);
  const matches: [number, number][] = [];
  if (prefix === undefined) {
    return matches;
  }
  for (const { 0: word, index } of text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
    const folded = fold(word);
    if (whole.has(folded)) {
      matches.push([index, index + word.length]);
    } else if (folded.startsWith(prefix)) {
      matches.push([index, index + matchedLength(word, prefix)]);
    }
  }
  return matches;
}

/** How much of a word a folded prefix covers, accents and all: folding may change the length. */
function matchedLength(word: string, prefix: string): number {
  let length = 0;
  for (const character of word) {
    const enough = fold(word.slice(0, length)).length >= prefix.length;
    if (enough && !/^\p{M}/u.test(character)) {
      break;
    }
    length += character.length;
  }
  return length;
}

function startOfWord(text: string, index: number): number {
  if (index === 0) {
    return 0;
  }
  const space = text.slice(index).search(/\s/);
  return space >= 0 && space < LEAD ? index + space + 1 : wholeCharacters(text, index);
}

/** The place, or the one before it where it would cut a character (a surrogate pair) in half. */
function wholeCharacters(text: string, index: number): number {
  const isSecondHalf = /^[\uDC00-\uDFFF]/.test(text.slice(index, index + 1));
  return index > 0 && isSecondHalf ? index - 1 : index;
}
