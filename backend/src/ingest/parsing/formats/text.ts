import { decode } from '../decode.js';
import type { Out } from '../out.js';
import type { ParseOrder } from '../protocol.js';

/** Plain text: paragraphs are what empty lines divide. */
export async function parseText(bytes: Buffer, order: Pick<ParseOrder, 'charset'>, out: Out) {
  await out.found('text/plain');
  const text = decode(bytes, order.charset).replace(/\r\n?/g, '\n');
  for (const paragraph of text.split(/\n[^\S\n]*\n/)) {
    await out.block({ page: null, headings: [], text: paragraph });
  }
}
