import { parse } from 'csv-parse';
import { decode } from '../decode.js';
import { endingOf } from '../document-type.rules.js';
import type { Out } from '../out.js';
import { type ParseOrder, ParseRefusal } from '../protocol.js';
import { isHeader, rowText } from '../table-row.js';

/** What may stand between cells; the one that divides the first lines most evenly does. */
const SEPARATORS = [';', ',', '\t', '|'];
const LINES_LOOKED_AT = 20;

/** `sep=;`, as Excel writes it, or between quotation marks, as what reads it as a cell writes it again. */
const SEPARATOR_TOLD = /^\uFEFF?"?sep=(.)"?[;,\t|]*(?:\r?\n|$)/i;

/** A table as text. Each row is a block of its own, with the names of its columns. */
export async function parseCsv(
  bytes: Buffer,
  order: Pick<ParseOrder, 'charset' | 'fileName'>,
  out: Out,
) {
  await out.found(endingOf(order.fileName) === 'csv' ? 'text/csv' : 'text/tab-separated-values');
  const text = decode(bytes, order.charset);
  // Excel writes which one it is into the first line.
  const [line = '', told = ''] = SEPARATOR_TOLD.exec(text) ?? [];
  const body = text.slice(line.length);
  const rows = parse(body, {
    // A quotation mark, say, parts nothing.
    delimiter: SEPARATORS.includes(told) ? told : separatorOf(body),
    relaxColumnCount: true,
    relaxQuotes: true,
    skipEmptyLines: true,
    bom: true,
    maxRecordSize: 1_000_000,
  });
  let header: string[] | undefined;
  let first = true;
  try {
    for await (const row of rows as AsyncIterable<string[]>) {
      if (first && isHeader(row)) header = row;
      else await out.block({ page: null, headings: [], text: rowText(row, header), row: true });
      first = false;
    }
  } catch (cause) {
    if (cause instanceof ParseRefusal) throw cause;
    throw new ParseRefusal('DAMAGED', { cause });
  }
}

/** The character that divides the first lines into the same number of cells, and most of them. */
export function separatorOf(text: string): string {
  const lines = text
    .slice(0, 50_000)
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .slice(0, LINES_LOOKED_AT);
  const scoreOf = (separator: string): number => {
    const counts = lines.map((line) => line.replace(/"[^"]*"/g, '').split(separator).length - 1);
    const usual = counts[0] ?? 0;
    const alike = counts.filter((count) => count === usual).length / Math.max(1, counts.length);
    return usual === 0 ? 0 : alike * 100 + Math.min(usual, 50);
  };
  return SEPARATORS.reduce((best, other) => (scoreOf(other) > scoreOf(best) ? other : best), ';');
}
