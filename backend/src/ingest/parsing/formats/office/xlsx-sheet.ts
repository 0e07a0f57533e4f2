import type { Block } from '../../block.js';
import type { Out } from '../../out.js';
import { isHeader, type Row, rowText } from '../../table-row.js';
import { attributeOf, type XmlListener, type XmlTag } from '../../zip/xml-reader.js';

/** What the cells of a sheet refer to. */
export interface Shared {
  readonly strings: readonly string[];
  /** Styles that show a number as a date. */
  readonly dates: ReadonlySet<number>;
}

/** Columns of Excel. */
const MOST_COLUMNS = 16_384;
/** Rows above a table, with its title say, in which its columns' names are looked for. */
const HEADER_WITHIN_ROWS = 5;

/** Reads the rows of one sheet. */
export class SheetReader implements XmlListener {
  private readonly name: string;
  private readonly shared: Shared;
  private readonly out: Out;
  private ready: Block[] = [];
  private header: Row | undefined;
  private rows = 0;
  /** Only what is there: a row may have one cell, in the last of 16,384 columns. */
  private row = new Map<number, string>();
  private column = 0;
  private type = 'n';
  private style = 0;
  private value = '';
  private inValue = false;

  constructor(name: string, shared: Shared, out: Out) {
    this.name = name;
    this.shared = shared;
    this.out = out;
  }

  open(tag: XmlTag): void {
    if (tag.name === 'row') {
      this.row = new Map();
      this.column = 0;
    } else if (tag.name === 'c') {
      this.column = columnOf(attributeOf(tag, 'r')) ?? this.column + 1;
      this.type = attributeOf(tag, 't') ?? 'n';
      this.style = Number(attributeOf(tag, 's') ?? 0);
      this.value = '';
    } else if (tag.name === 'v' || tag.name === 't') this.inValue = true;
  }

  close(name: string): void {
    if (name === 'v' || name === 't') this.inValue = false;
    else if (name === 'c' && this.column <= MOST_COLUMNS) this.endCell();
    else if (name === 'row') this.endRow();
  }

  text(text: string): void {
    if (this.inValue) this.value += text;
  }

  async pause(): Promise<void> {
    const { ready } = this;
    this.ready = [];
    for (const block of ready) await this.out.block(block);
  }

  private endCell(): void {
    const text = this.shown();
    if (text !== '') this.row.set(this.column - 1, text);
  }

  private endRow(): void {
    if (this.row.size === 0) return;
    this.rows += 1;
    const row = new Map([...this.row].sort(([one], [other]) => one - other));
    if (!this.header && this.rows <= HEADER_WITHIN_ROWS && isHeader(row)) this.header = row;
    else {
      const text = rowText(row, this.header);
      this.ready.push({ page: null, headings: [this.name], text, row: true });
    }
  }

  private shown(): string {
    switch (this.type) {
      case 's':
        return this.shared.strings[Number(this.value)] ?? '';
      case 'b':
        return this.value === '1' ? 'TRUE' : 'FALSE';
      case 'e':
        return ''; // `#N/A` and its like say nothing.
      case 'n':
        return this.shared.dates.has(this.style) ? dateOf(this.value) : numberOf(this.value);
      default:
        return this.value;
    }
  }
}

/** The column of a cell's address like `BC12`, from 1. */
function columnOf(address: string | undefined): number | undefined {
  const [letters] = /^[A-Z]{1,3}/.exec(address ?? '') ?? [];
  return letters === undefined
    ? undefined
    : [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
}

/** Without the noise of binary fractions: `0.1` is stored as `0.10000000000000001`. */
function numberOf(value: string): string {
  const number = Number(value);
  return value === '' || Number.isNaN(number) ? value : String(Number(number.toPrecision(15)));
}

/** Excel counts days from the last day of 1899, with a 29 February 1900 that never was. */
const DAY_MS = 86_400_000;
const FIRST_DAY = Date.UTC(1899, 11, 30);

function dateOf(value: string): string {
  const days = Number(value);
  if (value === '' || !(days >= 0 && days < 2_958_466)) return value;
  const [date = '', time = ''] = new Date(FIRST_DAY + Math.round(days * DAY_MS))
    .toISOString()
    .split('T');
  if (days < 1) return time.slice(0, 5);
  return days % 1 === 0 ? date : `${date} ${time.slice(0, 5)}`;
}
