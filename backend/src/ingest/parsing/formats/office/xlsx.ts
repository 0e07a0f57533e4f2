import { posix } from 'node:path';
import type { Out } from '../../out.js';
import { ParseRefusal } from '../../protocol.js';
import type { PackageZip } from '../../zip/package-zip.js';
import { attributeOf, readXml, relationOf } from '../../zip/xml-reader.js';
import { relationsOf } from './relations.js';
import { SheetReader } from './xlsx-sheet.js';

const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Characters that the strings of a workbook may have together; cells refer to them. */
const MOST_CHARACTERS = 20_000_000;

/** A workbook: each sheet that is shown is a heading, each row a block with its columns' names. */
export async function parseXlsx(zip: PackageZip, main: string, out: Out): Promise<void> {
  await out.found(TYPE);
  const folder = posix.dirname(main);
  const strings = await stringsOf(zip, posix.join(folder, 'sharedStrings.xml'));
  const dates = await dateStylesOf(zip, posix.join(folder, 'styles.xml'));
  const sheets = await sheetsOf(zip, main);
  const size = sheets.reduce((sum, { part }) => sum + zip.sizeOf(part), 0);
  let done = 0;
  for (const { name, part } of sheets) {
    await readXml(zip.unpack(part), new SheetReader(name, { strings, dates }, out));
    done += zip.sizeOf(part);
    await out.progress(done, size);
  }
}

interface Sheet {
  readonly name: string;
  readonly part: string;
}

async function sheetsOf(zip: PackageZip, main: string): Promise<Sheet[]> {
  const relations = await relationsOf(zip, main);
  const sheets: Sheet[] = [];
  await readXml(zip.unpack(main), {
    open(tag) {
      const part = relations.get(relationOf(tag) ?? '')?.target;
      // A chart has no rows; a hidden sheet is not what the author wants to be read.
      if (tag.name !== 'sheet' || !part?.includes('worksheets/')) return;
      if ((attributeOf(tag, 'state') ?? 'visible') !== 'visible') return;
      sheets.push({ name: attributeOf(tag, 'name') ?? '', part });
    },
  });
  if (sheets.some(({ part }) => !zip.has(part))) throw new ParseRefusal('DAMAGED');
  return sheets;
}

async function stringsOf(zip: PackageZip, part: string): Promise<string[]> {
  const strings: string[] = [];
  if (!zip.has(part)) return strings;
  let text = '';
  let inText = false;
  let inReading = false;
  let characters = 0;
  await readXml(zip.unpack(part), {
    open({ name }) {
      if (name === 'si') text = '';
      if (name === 'rPh') inReading = true; // How a Japanese text is read aloud.
      if (name === 't') inText = !inReading;
    },
    close(name) {
      if (name === 't') inText = false;
      if (name === 'rPh') inReading = false;
      if (name !== 'si') return;
      strings.push(text);
      characters += text.length + 1;
      if (characters > MOST_CHARACTERS) throw new ParseRefusal('TOO_LARGE_TO_READ');
    },
    text(part) {
      if (inText) text += part;
    },
  });
  return strings;
}

/** Numbers of the formats that show a date; 14 to 22 and 45 to 47 are built in. */
const isBuiltInDate = (format: number): boolean =>
  (format >= 14 && format <= 22) || (format >= 45 && format <= 47);

/** The styles of cells (`s`) that show their number as a date. */
async function dateStylesOf(zip: PackageZip, part: string): Promise<Set<number>> {
  const dates = new Set<number>();
  if (!zip.has(part)) return dates;
  const custom = new Set<number>();
  let inFormats = false;
  let style = 0;
  await readXml(zip.unpack(part), {
    open(tag) {
      const format = Number(attributeOf(tag, 'numFmtId'));
      if (tag.name === 'cellXfs') inFormats = true;
      if (tag.name === 'numFmt' && showsDate(attributeOf(tag, 'formatCode') ?? ''))
        custom.add(format);
      if (tag.name !== 'xf' || !inFormats) return;
      if (isBuiltInDate(format) || custom.has(format)) dates.add(style);
      style += 1;
    },
    close(name) {
      if (name === 'cellXfs') inFormats = false;
    },
  });
  return dates;
}

/** Without what stands in quotes and brackets, a format with days or years shows a date. */
const showsDate = (code: string): boolean =>
  /[dy]/i.test(code.replace(/"[^"]*"|\[[^\]]*\]|\\./g, ''));
