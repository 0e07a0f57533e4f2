import { MOST } from '../block.js';
import { HeadingPath } from '../heading-path.js';
import type { Out } from '../out.js';
import { ParseRefusal } from '../protocol.js';
import { declaredPages } from './pdf/declared-pages.rules.js';
import type { PdfDocument } from './pdf/pdf-document.js';
import { type PdfPage, withoutFurniture } from './pdf/pdf-furniture.rules.js';
import { headingsOf, type PageHeadings } from './pdf/pdf-headings.rules.js';
import { linesOf, type PdfLine, type TextPiece } from './pdf/pdf-lines.rules.js';
import { outlineOf } from './pdf/pdf-outline.js';
import { paragraphsOf } from './pdf/pdf-paragraphs.rules.js';

/** Fewer characters than this on a page are a stamp or a number, not its text. */
const SCARCE = 20;
/** A document of which fewer pages than this share have text is a scan. */
const FEW_PAGES = 0.1;

/** PDF: lines put together to paragraphs, page by page. */
export async function parsePdf(bytes: Buffer, out: Out): Promise<void> {
  // pdf.js walks through all pages to the last one before it tells how many there are.
  if ((declaredPages(bytes) ?? 0) > MOST.pages) throw new ParseRefusal('TOO_LARGE_TO_READ');
  const pdf = await opened(bytes);
  await out.found('application/pdf', pdf.numPages);
  const pages: PdfPage[] = [];
  let characters = 0;
  for (let page = 1; page <= pdf.numPages; page += 1) {
    const read = await readPage(pdf, page);
    pages.push(read);
    characters += read.lines.reduce((sum, { text }) => sum + text.length, 0);
    if (characters > MOST.characters) throw new ParseRefusal('TOO_LARGE_TO_READ');
    await out.progress(page, pdf.numPages);
  }
  if (isScan(pages)) throw new ParseRefusal('NO_TEXT');
  const lines = withoutFurniture(pages);
  await putOut(lines, headingsOf(lines, await outlineOf(pdf)), out);
}

async function opened(bytes: Buffer): Promise<PdfDocument> {
  const { getDocumentProxy } = await import('unpdf');
  try {
    return await getDocumentProxy(new Uint8Array(bytes), {
      verbosity: 0,
      disableFontFace: true,
      useSystemFonts: false,
      maxImageSize: 0, // Pictures are not looked at.
      stopAtErrors: false,
    });
  } catch (cause) {
    const isLocked = cause instanceof Error && cause.name === 'PasswordException';
    throw new ParseRefusal(isLocked ? 'ENCRYPTED' : 'DAMAGED', { cause });
  }
}

/** A page that is damaged is read as empty: the others are still worth finding. */
async function readPage(pdf: PdfDocument, number: number): Promise<PdfPage> {
  try {
    const page = await pdf.getPage(number);
    const { items } = await page.getTextContent();
    const [, bottom = 0, , top = 0] = page.view;
    page.cleanup();
    const pieces = items.flatMap((item) => ('str' in item ? [pieceOf(item, bottom)] : []));
    return { height: top - bottom, lines: linesOf(pieces) };
  } catch {
    return { height: 0, lines: [] };
  }
}

interface PdfItem {
  readonly str: string;
  readonly transform: readonly number[];
  readonly width: number;
  readonly hasEOL: boolean;
}

function pieceOf({ str, transform, width, hasEOL }: PdfItem, bottom: number): TextPiece {
  const [, , c = 0, d = 0, x = 0, y = 0] = transform;
  return { text: str, x, y: y - bottom, width, size: Math.hypot(c, d), endsLine: hasEOL };
}

function isScan(pages: readonly PdfPage[]): boolean {
  const characters = pages.map(({ lines }) =>
    lines.reduce((sum, { text }) => sum + text.replace(/\s/g, '').length, 0),
  );
  if (characters.every((count) => count === 0)) return true;
  const written = characters.filter((count) => count >= SCARCE).length;
  return pages.length > 1 && written < pages.length * FEW_PAGES;
}

async function putOut(
  pages: readonly (readonly PdfLine[])[],
  headings: readonly PageHeadings[],
  out: Out,
): Promise<void> {
  const path = new HeadingPath();
  for (const [index, lines] of pages.entries()) {
    const page = index + 1;
    const { before, at } = headings[index] ?? { before: [], at: new Map<PdfLine, never>() };
    for (const { level, text } of before) path.enter(level, text);
    let body: PdfLine[] = [];
    const flush = async (): Promise<void> => {
      for (const text of paragraphsOf(body)) {
        await out.block({ page, headings: path.headings, text });
      }
      body = [];
    };
    for (const line of lines) {
      const heading = at.get(line);
      if (heading) {
        await flush();
        path.enter(heading.level, heading.text);
        await out.block({ page, headings: path.headings, text: line.text });
      } else body.push(line);
    }
    await flush();
  }
}
