import type { PdfDocument } from './pdf-document.js';
import type { OutlineEntry } from './pdf-headings.rules.js';

type PdfOutline = NonNullable<Awaited<ReturnType<PdfDocument['getOutline']>>>;

const MOST_ENTRIES = 3000;
const DEEPEST = 6;

/** The file's own table of contents; empty where it has none, or one that cannot be read. */
export async function outlineOf(pdf: PdfDocument): Promise<OutlineEntry[]> {
  const entries: OutlineEntry[] = [];
  try {
    await collect(pdf, await pdf.getOutline(), 1, entries);
  } catch {
    return [];
  }
  return entries;
}

async function collect(
  pdf: PdfDocument,
  outline: PdfOutline | null,
  level: number,
  entries: OutlineEntry[],
): Promise<void> {
  for (const { title, dest, items } of outline ?? []) {
    if (entries.length >= MOST_ENTRIES || level > DEEPEST) return;
    const page = await pageOf(pdf, dest);
    const text = title.replace(/\s+/g, ' ').trim();
    if (page !== undefined && text !== '') entries.push({ title: text, level, page });
    await collect(pdf, items as PdfOutline, level + 1, entries);
  }
}

/** From 1. A place is given by name or by itself, which begins with the page. */
async function pageOf(pdf: PdfDocument, place: unknown): Promise<number | undefined> {
  try {
    const explicit: unknown = typeof place === 'string' ? await pdf.getDestination(place) : place;
    const page: unknown = Array.isArray(explicit) ? explicit[0] : undefined;
    if (typeof page === 'number') return page + 1;
    if (typeof page !== 'object' || page === null) return undefined;
    return (await pdf.getPageIndex(page as Parameters<PdfDocument['getPageIndex']>[0])) + 1;
  } catch {
    return undefined;
  }
}
