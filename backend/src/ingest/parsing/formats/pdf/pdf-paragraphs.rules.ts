import type { PdfLine } from './pdf-lines.rules.js';

/** Lines further apart than this, in usual distances, are of two paragraphs. */
const GAP = 1.35;
/** A line that begins so far to the right of the one before begins a paragraph, in sizes of letters. */
const INDENT = 0.8;
/** A line that ends before this share of the usual width is its paragraph's last, if its sentence ends. */
const SHORT = 0.85;
const SIZES_DIFFER = 1.1;

const ITEM = /^([•●▪◦‣·–—*-]|\(?[\divxa-z]{1,4}[.)])\s+\S/i;
const SENTENCE_END = /[.!?:;…]["”’»)\]]*$/;

/**
 * Words that stand behind a hyphen of their own in Portuguese (`disse-lhe`): it is no break of a line.
 * Of one letter they are left out: such an end of a word is commoner than `vi-o`.
 */
const CLITIC = /^(me|te|se|nos|vos|lhe|lhes|lo|la|los|las|no|na|nas|mo|ma|lho|lha)(?!\p{L})/u;

/** Puts the lines of a page together to paragraphs. */
export function paragraphsOf(lines: readonly PdfLine[]): string[] {
  const usualGap = median(lines.map((line, index) => (lines[index - 1]?.y ?? line.y) - line.y));
  const usualRight = Math.max(0, ...lines.map(({ right }) => right));
  const paragraphs: string[] = [];
  let text = '';
  for (const [index, line] of lines.entries()) {
    const before = lines[index - 1];
    if (before && beginsParagraph(before, line, usualGap, usualRight)) {
      paragraphs.push(text);
      text = line.text;
    } else text = text === '' ? line.text : joinedLines(text, line.text);
  }
  return text === '' ? paragraphs : [...paragraphs, text];
}

function beginsParagraph(before: PdfLine, line: PdfLine, usualGap: number, usualRight: number) {
  const gap = before.y - line.y;
  const larger = Math.max(before.size, line.size) / Math.max(0.1, Math.min(before.size, line.size));
  if (larger > SIZES_DIFFER || ITEM.test(line.text)) return true;
  // The next column: the sentence says whether the paragraph goes on there.
  if (gap < 0) return SENTENCE_END.test(before.text) || !/^\p{Ll}/u.test(line.text);
  if (usualGap > 0 && gap > usualGap * GAP) return true;
  if (line.x > before.x + line.size * INDENT && SENTENCE_END.test(before.text)) return true;
  return before.right < usualRight * SHORT && SENTENCE_END.test(before.text);
}

/** Joins two lines of a paragraph; a word that was broken at the end of the first is whole again. */
export function joinedLines(before: string, line: string): string {
  const isBroken = /\p{L}[-\u00ad\u2010]$/u.test(before) && /^\p{Ll}/u.test(line);
  if (!isBroken) return `${before} ${line}`;
  return CLITIC.test(line) && !before.endsWith('\u00ad')
    ? before + line
    : before.slice(0, -1) + line;
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.filter((number) => number > 0).sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
