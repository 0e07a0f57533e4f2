/** What a document's bytes can be, as far as they are read. */
export type Format = 'pdf' | 'office' | 'html' | 'csv' | 'markdown' | 'text';

/** What the first bytes say. */
export type Sight =
  | { readonly format: Format }
  /** A kind of file that is known, and not read; `locked`: an Office file behind a password. */
  | { readonly format: 'locked' | 'other' | 'empty' };

/** How much of a file {@link sightOf} looks at, in bytes. */
export const SIGHT_BYTES = 64 * 1024;

const ZIP = Buffer.from('PK\x03\x04', 'latin1');
const EMPTY_ZIP = Buffer.from('PK\x05\x06', 'latin1');
/** Office files before 2007, and those of today behind a password. */
const COMPOUND = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
const ENCRYPTED_PACKAGE = Buffer.from('EncryptedPackage', 'utf16le');

/** Files of plain letters that are no text to read. */
const LETTERS_ONLY = /^(\{\\rtf|%!PS|-----BEGIN PGP MESSAGE)/;

const BY_ENDING: Readonly<Record<string, Format>> = {
  md: 'markdown',
  markdown: 'markdown',
  csv: 'csv',
  tsv: 'csv',
  tab: 'csv',
  html: 'html',
  htm: 'html',
  xhtml: 'html',
};

/**
 * What a file is, by its content; its name only tells one kind of text from another.
 * @param head its first bytes, {@link SIGHT_BYTES} or all.
 */
export function sightOf(head: Buffer, fileName: string): Sight {
  if (head.length === 0) return { format: 'empty' };
  // The standard lets a header stand before it, and readers look in the first kilobyte.
  if (head.subarray(0, 1024).includes('%PDF-')) return { format: 'pdf' };
  if (startsWith(head, ZIP)) return { format: 'office' };
  if (startsWith(head, EMPTY_ZIP)) return { format: 'other' };
  if (startsWith(head, COMPOUND)) {
    return { format: head.includes(ENCRYPTED_PACKAGE) ? 'locked' : 'other' };
  }
  return isText(head) ? textSight(head, fileName) : { format: 'other' };
}

const startsWith = (bytes: Buffer, start: Buffer): boolean =>
  bytes.subarray(0, start.length).equals(start);

/** Marks of UTF-16; without one it is taken for what it looks like: no text. */
const isUtf16 = (head: Buffer): boolean =>
  (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);

/** Text has no control characters but white space, escapes of terminals and form feeds. */
function isText(head: Buffer): boolean {
  if (isUtf16(head)) return true;
  return !head.some((byte) => byte < 9 || (byte > 13 && byte < 32 && byte !== 27) || byte === 127);
}

function textSight(head: Buffer, fileName: string): Sight {
  const start = head
    .subarray(0, 2048)
    .toString('latin1')
    .replace(/\0/g, '')
    .replace(/^(ÿþ|þÿ|\xef\xbb\xbf)?\s*/, '');
  if (LETTERS_ONLY.test(start)) return { format: 'other' };
  const known = BY_ENDING[endingOf(fileName)];
  if (known) return { format: known };
  return {
    format: /^(<\?xml[^>]*>\s*)?(<!--[^]*?-->\s*)*<(!doctype\s+html|html)[\s>]/i.test(start)
      ? 'html'
      : 'text',
  };
}

/** What stands behind the last dot, in lower case. */
export function endingOf(fileName: string): string {
  return /\.([a-z0-9]{1,10})$/i.exec(fileName)?.[1]?.toLowerCase() ?? '';
}
