import { posix } from 'node:path';
import { HeadingPath } from '../../heading-path.js';
import type { Block } from '../../block.js';
import { oneLine, type Out } from '../../out.js';
import { isHeader, rowText } from '../../table-row.js';
import type { PackageZip } from '../../zip/package-zip.js';
import { attributeOf, readXml, type XmlListener, type XmlTag } from '../../zip/xml-reader.js';
import { DocxStyles, levelOf } from './docx-styles.js';

const TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** What stands there a second time, or no longer: the old form of a drawing, text that was moved. */
const PASSED_OVER = new Set(['Fallback', 'moveFrom', 'del']);

/** A document of Word: paragraphs in their order, tables by rows, notes at the end. */
export async function parseDocx(zip: PackageZip, main: string, out: Out): Promise<void> {
  await out.found(TYPE);
  const folder = posix.dirname(main);
  const styles = await DocxStyles.read(zip, posix.join(folder, 'styles.xml'));
  const size = zip.sizeOf(main);
  await readXml(counted(zip.unpack(main), size, out), new DocxReader(styles, out));
  for (const notes of ['footnotes.xml', 'endnotes.xml']) {
    const part = posix.join(folder, notes);
    if (zip.has(part)) await readXml(zip.unpack(part), new DocxReader(styles, out));
  }
}

async function* counted(parts: AsyncIterable<Buffer>, size: number, out: Out) {
  let done = 0;
  for await (const part of parts) {
    yield part;
    done += part.length;
    await out.progress(done, size);
  }
}

interface Paragraph {
  text: string;
  level: number | undefined;
  isItem: boolean;
}

interface OpenTable {
  header: string[] | undefined;
  rows: number;
  row: string[];
  cell: string[];
}

class DocxReader implements XmlListener {
  private readonly path = new HeadingPath();
  private readonly styles: DocxStyles;
  private readonly out: Out;
  private ready: Block[] = [];
  private title: string | undefined;
  private titled = false;
  /** A text box stands within a paragraph. */
  private readonly paragraphs: Paragraph[] = [];
  private readonly tables: OpenTable[] = [];
  private passedOver = 0;
  private inText = false;

  constructor(styles: DocxStyles, out: Out) {
    this.styles = styles;
    this.out = out;
  }

  open(tag: XmlTag): void {
    if (PASSED_OVER.has(tag.name)) this.passedOver += 1;
    if (this.passedOver > 0) return;
    const paragraph = this.paragraphs.at(-1);
    const value = attributeOf(tag, 'val');
    switch (tag.name) {
      case 'p':
        this.paragraphs.push({ text: '', level: undefined, isItem: false });
        return;
      case 'pStyle':
        if (paragraph) paragraph.level ??= this.styles.levelOf(value ?? '');
        return;
      case 'outlineLvl':
        if (paragraph) paragraph.level = levelOf(value);
        return;
      case 'numPr':
        if (paragraph) paragraph.isItem = true;
        return;
      case 't':
        this.inText = true;
        return;
      case 'tab':
        if (paragraph && paragraph.text !== '') paragraph.text += '\t';
        return;
      case 'br':
      case 'cr':
        if (paragraph) paragraph.text += '\n';
        return;
      case 'noBreakHyphen':
        if (paragraph) paragraph.text += '-';
        return;
      case 'tbl':
        this.tables.push({ header: undefined, rows: 0, row: [], cell: [] });
        return;
      default:
    }
  }

  close(name: string): void {
    if (PASSED_OVER.has(name)) {
      this.passedOver -= 1;
      return;
    }
    if (this.passedOver > 0) return;
    const table = this.tables.at(-1);
    if (name === 't') this.inText = false;
    else if (name === 'p') this.endParagraph();
    else if (name === 'tc' && table) {
      table.row.push(table.cell.join('\n'));
      table.cell = [];
    } else if (name === 'tr' && table) this.endRow(table);
    else if (name === 'tbl') this.endTable();
  }

  text(text: string): void {
    const paragraph = this.paragraphs.at(-1);
    if (this.inText && paragraph) paragraph.text += text;
  }

  async pause(): Promise<void> {
    const { ready, title } = this;
    this.ready = [];
    if (title !== undefined && !this.titled) {
      this.titled = true;
      await this.out.title(title);
    }
    for (const block of ready) await this.out.block(block);
  }

  private endParagraph(): void {
    const { text = '', level, isItem } = this.paragraphs.pop() ?? {};
    const cell = this.tables.at(-1)?.cell;
    if (cell) cell.push(text);
    else if (level !== undefined && oneLine(text) !== '') {
      this.path.enter(level, oneLine(text));
      this.title ??= text;
      this.put(oneLine(text));
    } else this.put(isItem && text.trim() !== '' ? `- ${text}` : text);
  }

  private endRow(table: OpenTable): void {
    const { row } = table;
    table.row = [];
    table.rows += 1;
    if (table.rows === 1 && isHeader(row)) table.header = row;
    else this.putRow(rowText(row, table.header));
  }

  private endTable(): void {
    const table = this.tables.pop();
    // A table of one row names no columns.
    if (table?.rows === 1 && table.header) this.putRow(rowText(table.header));
  }

  /** The rows of a table within a cell belong to that cell. */
  private putRow(text: string): void {
    const around = this.tables.at(-2);
    if (around) around.cell.push(text);
    else this.put(text, true);
  }

  private put(text: string, row = false): void {
    this.ready.push({ page: null, headings: this.path.headings, text, row });
  }
}
