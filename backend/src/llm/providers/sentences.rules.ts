/** Of a sentence, in UTF-16 units: a table row or a text without full stops is longer. */
const LONGEST = 500;
const SHORTEST = 12;

/** A sentence, and the question right before it, which it answers; empty: none. */
export interface Sentence {
  readonly text: string;
  readonly asked: string;
}

/**
 * The sentences of a text, word for word, without marks of lists before them. Headings and
 * questions answer nothing and are left out. Linear.
 */
export function sentencesOf(text: string): Sentence[] {
  const sentences: Sentence[] = [];
  let asked = '';
  for (const piece of text.split(/\n+|(?<=[.!?…]["”»’)]?)\s+(?=[\p{Lu}\d"“«(])/u)) {
    const sentence = piece.replace(/^[\s>*|+-]+(?=\S)|[\s|]+$/g, '').trim();
    if (sentence.endsWith('?')) {
      asked = sentence;
    } else if (!/^\s*#/.test(piece) && !isHeading(piece.trim()) && sentence.length >= SHORTEST) {
      sentences.push({ text: shortened(sentence), asked });
      asked = '';
    }
  }
  return sentences;
}

const shortened = (sentence: string): string =>
  sentence.length <= LONGEST
    ? sentence
    : sentence.slice(0, LONGEST).replace(/\s+\S*$|[\ud800-\udbff]$/, '');

/** A short line that neither ends like a sentence nor states a figure. */
const isHeading = (line: string): boolean =>
  line.length < 50 && !/[.!;:)…"”»|]$|\d|^[-*|]/.test(line);
