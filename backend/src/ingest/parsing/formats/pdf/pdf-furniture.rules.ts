import type { PdfLine } from './pdf-lines.rules.js';

/** A page of which the lines are known. */
export interface PdfPage {
  /** In points. */
  readonly height: number;
  readonly lines: readonly PdfLine[];
}

/** The part of a page's height, at the top and at the bottom, in which headers and footers stand. */
const MARGIN = 0.13;
/** Lines looked at there, from the edge. */
const EDGE_LINES = 4;
/** On so many pages a line at the edge is a header or a footer, if they are near to each other. */
const FEWEST = 3;
/** Left and right pages may have headers of their own. */
const NEAR = 2;

/** A page's number and what is said around it. */
const PAGE_NUMBER =
  /^[-–—|\s]*((p[áa]g(ina|e)?|page|folha|fl)\.?\s*)?\d{1,5}(\s*(\/|of|de|-)\s*\d{1,5})?[-–—|\s]*$/i;

/** Takes away the headers, footers and numbers of pages: they are no part of the text. */
export function withoutFurniture(pages: readonly PdfPage[]): PdfLine[][] {
  const repeated = repeatedKeys(pages);
  return pages.map((page) => {
    const gone = new Set(
      edgeLines(page).filter(
        (line) =>
          PAGE_NUMBER.test(line.text) || keysOf(page, line).some((key) => repeated.has(key)),
      ),
    );
    return page.lines.filter((line) => !gone.has(line));
  });
}

/** What stands at the same edge of several pages near to each other. */
function repeatedKeys(pages: readonly PdfPage[]): Set<string> {
  const repeated = new Set<string>();
  const seen = new Map<string, number[]>();
  for (const [index, page] of pages.entries()) {
    for (const key of new Set(edgeLines(page).flatMap((line) => keysOf(page, line)))) {
      const places = [...(seen.get(key) ?? []), index].slice(-FEWEST);
      seen.set(key, places);
      const isNear = index - (places[0] ?? 0) <= NEAR * (FEWEST - 1);
      if (places.length === FEWEST && isNear) repeated.add(key);
    }
  }
  return repeated;
}

/** The lines nearest to the upper and the lower edge. */
function edgeLines({ height, lines }: PdfPage): PdfLine[] {
  const byHeight = [...lines].sort((one, other) => other.y - one.y);
  const top = byHeight.slice(0, EDGE_LINES).filter(({ y }) => y > height * (1 - MARGIN));
  const bottom = byHeight.slice(-EDGE_LINES).filter(({ y }) => y < height * MARGIN);
  return [...top, ...bottom];
}

/** How a line is known again: by its text; a line that is no heading also without its numbers. */
function keysOf({ height, lines }: PdfPage, { text, y, size }: PdfLine): string[] {
  const edge = y > height / 2 ? 'top' : 'bottom';
  const sizes = lines.map((line) => line.size).sort((one, other) => one - other);
  const usual = sizes[Math.floor(sizes.length / 2)] ?? size;
  const exact = `${edge} ${text.toLowerCase()}`;
  return size > usual * 1.05
    ? [exact]
    : [exact, `${edge} ${text.replace(/\d+/g, '#').toLowerCase()}`];
}
