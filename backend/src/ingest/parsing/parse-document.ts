import { open, readFile } from 'node:fs/promises';
import { type Format, SIGHT_BYTES, sightOf } from './document-type.rules.js';
import type { Out } from './out.js';
import { type ParseOrder, ParseRefusal } from './protocol.js';

/** Reads the document of an order. @throws {ParseRefusal} */
export async function parseDocument(order: ParseOrder, out: Out): Promise<void> {
  const format = order.kind === 'pairs' ? 'pairs' : await formatOf(order);
  await parserOf(format, order, out);
  if (out.isEmpty) throw new ParseRefusal('NO_TEXT');
}

async function formatOf(order: ParseOrder): Promise<Format> {
  const { format } = sightOf(await head(order.path), order.fileName);
  switch (format) {
    case 'empty':
      throw new ParseRefusal('EMPTY');
    case 'locked':
      throw new ParseRefusal('ENCRYPTED');
    case 'other':
      throw new ParseRefusal('TYPE');
    default:
      // A page is HTML whatever it begins with, unless it is a document of its own.
      return order.kind === 'page' && (format === 'text' || format === 'csv') ? 'html' : format;
  }
}

/** Each is loaded when it is needed: the parser of PDF takes longer to load than a text to read. */
async function parserOf(format: Format | 'pairs', order: ParseOrder, out: Out): Promise<void> {
  switch (format) {
    case 'pdf':
      return (await import('./formats/pdf.js')).parsePdf(await readFile(order.path), out);
    case 'office':
      return (await import('./formats/office.js')).parseOffice(order.path, out);
    case 'html':
      return (await import('./formats/html.js')).parseHtml(await readFile(order.path), order, out);
    case 'csv':
      return (await import('./formats/csv.js')).parseCsv(await readFile(order.path), order, out);
    case 'markdown':
      return (await import('./formats/markdown.js')).parseMarkdown(
        await readFile(order.path),
        order,
        out,
      );
    case 'text':
      return (await import('./formats/text.js')).parseText(await readFile(order.path), order, out);
    case 'pairs':
      return (await import('./formats/pairs.js')).parsePairs(await readFile(order.path), out);
  }
}

async function head(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(SIGHT_BYTES), 0, SIGHT_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
