import { docxOf, wordParagraph, xlsxOf } from './files/office-writer.js';
import { assembled, streamOf } from './files/pdf-writer.js';
import { zipOf } from './files/zip-writer.js';

/** A file that is made to take time or memory. */
export interface Bomb {
  readonly what: string;
  readonly fileName: string;
  readonly bytes: () => Buffer;
  /** The codes of a refusal, without `DOCUMENT.`; which of several depends on the machine. */
  readonly refused: readonly string[];
  /** It says of itself what it is: goal of S40, two seconds. */
  readonly isDeclared: boolean;
  /** It takes the time that a reader has, and that twice. */
  readonly isSlow?: boolean;
  /** It only looks like one: what is not there costs nothing, and the rest is read. */
  readonly isRead?: boolean;
}

const GB = 1_000_000_000;
const MANY_PAGES = 10_000;

const sheet = (xml: string) => () => xlsxOf([{ name: 'A', rows: [], xml }]);
const PAGE = '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>';

const manyPages = () => {
  const kids = Array.from({ length: MANY_PAGES }, (_, n) => `${String(n + 3)} 0 R`).join(' ');
  return assembled([
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Count ${String(MANY_PAGES)} /Kids [${kids}] >>`,
    ...Array.from({ length: MANY_PAGES }, () => PAGE),
  ]);
};

const pageOf = (content: Buffer) => () =>
  assembled([
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Count 1 /Kids [3 0 R] >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>',
    content,
  ]);

/** The head of a picture of 50,000 × 50,000 points, which nobody should make room for. */
const hugePicture = () => {
  const size = Buffer.alloc(8);
  size.writeUInt32BE(50_000, 0);
  size.writeUInt32BE(50_000, 4);
  const head = Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1');
  return Buffer.concat([head, size, Buffer.from('\x08\x06\0\0\0\0\0\0\0', 'latin1')]);
};

/** S40 to S42 of research: what declares that it bursts, what hides it, and what is only deep or wide. */
export const BOMBS: readonly Bomb[] = [
  {
    what: 'a docx that declares 1 GB',
    fileName: 'a.docx',
    bytes: () => docxOf(wordParagraph('x'), { claimedSize: GB }),
    refused: ['BOMB'],
    isDeclared: true,
  },
  {
    what: 'a docx of 10,001 parts',
    fileName: 'a.docx',
    bytes: () =>
      zipOf(Array.from({ length: 10_001 }, (_, n) => ({ name: `p${String(n)}`, bytes: '' }))),
    refused: ['BOMB'],
    isDeclared: true,
  },
  {
    what: 'a docx with 200 MB of one letter',
    fileName: 'a.docx',
    bytes: () => docxOf(wordParagraph('x'.repeat(200_000_000))),
    refused: ['BOMB'],
    isDeclared: true,
  },
  {
    what: 'a docx whose part is a link',
    fileName: 'a.docx',
    bytes: () => docxOf(wordParagraph('/etc/passwd'), { mode: 0o120777 }),
    refused: ['DAMAGED'],
    isDeclared: true,
  },
  {
    what: 'a zip in a zip',
    fileName: 'a.docx',
    bytes: () =>
      zipOf([{ name: 'b.zip', bytes: zipOf([{ name: 'c', bytes: 'x'.repeat(GB / 100) }]) }]),
    refused: ['TYPE', 'DAMAGED'],
    isDeclared: true,
  },
  {
    what: 'a docx that says 1 kB and holds 30 MB',
    fileName: 'a.docx',
    bytes: () => docxOf(wordParagraph('x'.repeat(30_000_000)), { claimedSize: 1000 }),
    refused: ['BOMB'],
    isDeclared: false,
  },
  {
    what: 'a docx of 100,000 elements in each other',
    fileName: 'a.docx',
    bytes: () => docxOf('<w:p>'.repeat(100_000) + '</w:p>'.repeat(100_000)),
    refused: ['DAMAGED'],
    isDeclared: true,
  },
  {
    what: 'a sheet with a type that makes entities',
    fileName: 'a.xlsx',
    bytes: sheet(
      '<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><worksheet>&b;</worksheet>',
    ),
    refused: ['DAMAGED'],
    isDeclared: true,
  },
  {
    what: 'a sheet that declares all cells of Excel',
    fileName: 'a.xlsx',
    bytes: sheet('<worksheet><dimension ref="A1:XFD1048576"/><sheetData/></worksheet>'),
    refused: ['NO_TEXT'],
    isDeclared: true,
  },
  {
    what: 'a sheet of 3,000,000 cells',
    fileName: 'a.xlsx',
    bytes: sheet(
      `<worksheet><sheetData>${`<row>${'<c><v>1234567</v></c>'.repeat(1000)}</row>`.repeat(3000)}</sheetData></worksheet>`,
    ),
    refused: ['TOO_LARGE_TO_READ', 'TOO_SLOW', 'BOMB'],
    isDeclared: false,
  },
  {
    what: 'a sheet of 200,000 rows with a cell in the last column',
    isRead: true,
    fileName: 'a.xlsx',
    bytes: sheet(
      `<worksheet><sheetData>${'<row><c r="XFD1"><v>1234567890123456789012345678901234567890123456789</v></c></row>'.repeat(200_000)}</sheetData></worksheet>`,
    ),
    refused: [],
    isDeclared: false,
  },
  {
    what: 'a PDF of 10,000 pages',
    fileName: 'a.pdf',
    bytes: manyPages,
    refused: ['TOO_LARGE_TO_READ'],
    isDeclared: true,
  },
  {
    what: 'a PDF that packs 1 GB twice',
    isSlow: true,
    fileName: 'a.pdf',
    bytes: () => pageOf(streamOf(Buffer.alloc(GB, 0x20), 2))(),
    refused: ['TOO_LARGE_TO_READ', 'TOO_SLOW', 'NO_TEXT'],
    isDeclared: false,
  },
  {
    what: 'a picture of 50,000 × 50,000 points',
    fileName: 'a.png',
    bytes: hugePicture,
    refused: ['TYPE'],
    isDeclared: true,
  },
  {
    what: 'a picture that is called a PDF',
    fileName: '../../x.pdf',
    bytes: () => Buffer.concat([hugePicture(), Buffer.from('%PDF')]),
    refused: ['TYPE', 'DAMAGED'],
    isDeclared: true,
  },
];
