import { deflateSync } from 'node:zlib';

/** A line of a page that a test writes. */
export interface PdfText {
  readonly text: string;
  readonly x?: number;
  /** From the bottom, in points; a page is 842 high. */
  readonly y: number;
  readonly size?: number;
}

export interface PdfOptions {
  /** A table of contents: titles and the pages they are on, from 1. */
  readonly outline?: readonly { readonly title: string; readonly page: number }[];
  /** An entry of the trailer, such as `/Encrypt 9 0 R`. */
  readonly trailer?: string;
}

/** Writes a PDF of A4 pages in Helvetica, whose letters are those of Windows-1252. */
export function pdfOf(pages: readonly (readonly PdfText[])[], options: PdfOptions = {}): Buffer {
  const outline = options.outline ?? [];
  const pageId = (page: number) => 4 + (page - 1) * 2;
  const outlineId = 4 + pages.length * 2;
  const objects: (Buffer | string)[] = [
    `<< /Type /Catalog /Pages 2 0 R${outline.length > 0 ? ` /Outlines ${String(outlineId)} 0 R` : ''} >>`,
    `<< /Type /Pages /Count ${String(pages.length)} /Kids [${pages.map((_, index) => `${String(pageId(index + 1))} 0 R`).join(' ')}] >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
  ];
  for (const [index, lines] of pages.entries()) {
    objects.push(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${String(pageId(index + 1) + 1)} 0 R >>`,
      streamOf(Buffer.from(lines.map(drawn).join('\n'), 'latin1')),
    );
  }
  if (outline.length > 0) objects.push(...outlineObjects(outline, outlineId, pageId));
  return assembled(objects, options.trailer);
}

/** A stream object, packed. @param filters more than one packs it again and again. */
export function streamOf(content: Buffer, filters = 1): Buffer {
  let packed = content;
  for (let filter = 0; filter < filters; filter += 1) packed = deflateSync(packed);
  const names = Array.from({ length: filters }, () => '/FlateDecode').join(' ');
  return Buffer.concat([
    Buffer.from(`<< /Length ${String(packed.length)} /Filter [${names}] >>\nstream\n`),
    packed,
    Buffer.from('\nendstream'),
  ]);
}

/** A file of these objects; the first is its catalogue. */
export function assembled(objects: readonly (Buffer | string)[], trailer = ''): Buffer {
  const parts: Buffer[] = [Buffer.from('%PDF-1.7\n')];
  const offsets: number[] = [];
  let length = parts[0]?.length ?? 0;
  for (const [index, object] of objects.entries()) {
    const whole = Buffer.concat([
      Buffer.from(`${String(index + 1)} 0 obj\n`),
      Buffer.from(object),
      Buffer.from('\nendobj\n'),
    ]);
    offsets.push(length);
    parts.push(whole);
    length += whole.length;
  }
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = String(objects.length + 1);
  parts.push(
    Buffer.from(
      `xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<< /Size ${size} /Root 1 0 R ${trailer} >>\nstartxref\n${String(length)}\n%%EOF\n`,
    ),
  );
  return Buffer.concat(parts);
}

const drawn = ({ text, x = 72, y, size = 11 }: PdfText): string =>
  `BT /F1 ${String(size)} Tf ${String(x)} ${String(y)} Td (${text.replace(/[\\()]/g, '\\$&')}) Tj ET`;

function outlineObjects(
  outline: NonNullable<PdfOptions['outline']>,
  id: number,
  pageId: (page: number) => number,
): string[] {
  const entry = (index: number) => `${String(id + 1 + index)} 0 R`;
  return [
    `<< /Type /Outlines /First ${entry(0)} /Last ${entry(outline.length - 1)} /Count ${String(outline.length)} >>`,
    ...outline.map(
      ({ title, page }, index) =>
        `<< /Title (${title}) /Parent ${String(id)} 0 R /Dest [${String(pageId(page))} 0 R /Fit]${index > 0 ? ` /Prev ${entry(index - 1)}` : ''}${index < outline.length - 1 ? ` /Next ${entry(index + 1)}` : ''} >>`,
    ),
  ];
}
