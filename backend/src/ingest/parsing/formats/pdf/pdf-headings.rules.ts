import type { PdfLine } from './pdf-lines.rules.js';

/** An entry of a file's own table of contents. */
export interface OutlineEntry {
  readonly title: string;
  /** From 1, the outermost. */
  readonly level: number;
  /** From 1. */
  readonly page: number;
}

/** A heading: of a line, or, where its line was not found, of the page from its beginning. */
export interface PdfHeading {
  readonly level: number;
  readonly text: string;
}

export interface PageHeadings {
  readonly before: readonly PdfHeading[];
  readonly at: ReadonlyMap<PdfLine, PdfHeading>;
}

/** So much larger than the text is a heading. */
const LARGER = 1.15;
/** Longer than this is no heading, in characters. */
const LONGEST = 200;
const LEVELS = 4;
/** More of a document than this is not written in headings. */
const MOST_OF_TEXT = 0.4;

/** Which lines are headings: what the file's table of contents names, else what is larger than the text. */
export function headingsOf(
  pages: readonly (readonly PdfLine[])[],
  outline: readonly OutlineEntry[],
): PageHeadings[] {
  return outline.length >= 2 ? byOutline(pages, outline) : bySize(pages);
}

function byOutline(
  pages: readonly (readonly PdfLine[])[],
  outline: readonly OutlineEntry[],
): PageHeadings[] {
  const entries = Map.groupBy(outline, ({ page }) => page);
  return pages.map((lines, index) => {
    const before: PdfHeading[] = [];
    const at = new Map<PdfLine, PdfHeading>();
    for (const { title, level } of entries.get(index + 1) ?? []) {
      const line = lines.find((one) => !at.has(one) && isTitle(one.text, title));
      if (line) at.set(line, { level, text: title });
      else before.push({ level, text: title });
    }
    return { before, at };
  });
}

/** Whether a line shows a title: its number may be missing in one of them, and its end in the line. */
function isTitle(text: string, title: string): boolean {
  const [line, wanted] = [text, title].map((part) => part.toLowerCase().replace(/[^\p{L}]+/gu, ''));
  if (!line || !wanted || line.length > LONGEST) return false;
  return line === wanted || (line.length >= 12 && wanted.startsWith(line));
}

function bySize(pages: readonly (readonly PdfLine[])[]): PageHeadings[] {
  const characters = new Map<number, number>();
  for (const { text, size } of pages.flat()) {
    characters.set(rounded(size), (characters.get(rounded(size)) ?? 0) + text.length);
  }
  const all = [...characters.values()].reduce((sum, count) => sum + count, 0);
  const [ordinary = 0] = [...characters].sort((one, other) => other[1] - one[1])[0] ?? [];
  const sizes = [...characters]
    .filter(([size, count]) => size >= ordinary * LARGER && count <= all * MOST_OF_TEXT)
    .map(([size]) => size)
    .sort((one, other) => other - one);
  const levelOf = (line: PdfLine): number => sizes.indexOf(rounded(line.size)) + 1;
  return pages.map((lines) => {
    const at = new Map<PdfLine, PdfHeading>();
    for (const line of lines) {
      const level = Math.min(levelOf(line), LEVELS);
      if (level > 0 && line.text.length <= LONGEST && /\p{L}{2}/u.test(line.text)) {
        at.set(line, { level, text: line.text });
      }
    }
    return { before: [], at };
  });
}

/** Sizes that differ by less are the same: they are written with rounding. */
const rounded = (size: number): number => Math.round(size * 2) / 2;
