import { decode } from '../decode.js';
import { HeadingPath } from '../heading-path.js';
import type { Out } from '../out.js';
import type { ParseOrder } from '../protocol.js';
import { rowText } from '../table-row.js';

const HEADING = /^ {0,3}(#{1,6})\s+(.+?)(?:\s+#+)?\s*$/;
const UNDERLINE = /^ {0,3}(=+|-+)\s*$/;
const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const RULE_OF_TABLE = /^\s*\|?(\s*:?-{2,}:?\s*\|)+\s*(:?-{2,}:?\s*)?$/;

/** Markdown, read line by line: the text stays as it was written, tables apart. */
export async function parseMarkdown(bytes: Buffer, order: Pick<ParseOrder, 'charset'>, out: Out) {
  await out.found('text/markdown');
  const reader = new MarkdownReader(out);
  const text = decode(bytes, order.charset).replace(/\r\n?/g, '\n');
  for (const line of withoutFrontMatter(text).split('\n')) await reader.take(line);
  await reader.end();
}

const withoutFrontMatter = (text: string): string =>
  text.replace(/^---\n[^]{0,20000}?\n(---|\.\.\.)\n/, '');

class MarkdownReader {
  private readonly path = new HeadingPath();
  private readonly out: Out;
  private paragraph: string[] = [];
  /** What ends the code that is open. */
  private fence: string | undefined;
  /** The columns' names of the table that is open. */
  private header: string[] | undefined;
  private titled = false;

  constructor(out: Out) {
    this.out = out;
  }

  async take(line: string): Promise<void> {
    if (this.fence !== undefined) return this.inFence(line);
    const [, fence] = FENCE.exec(line) ?? [];
    if (fence !== undefined) {
      this.fence = fence;
      this.paragraph.push(line);
      return undefined;
    }
    if (this.header) return this.inTable(line);
    return this.inText(line);
  }

  async end(): Promise<void> {
    const text = this.paragraph.join('\n');
    this.paragraph = [];
    await this.out.block({ page: null, headings: this.path.headings, text });
  }

  private async inFence(line: string): Promise<void> {
    this.paragraph.push(line);
    if (this.fence !== undefined && line.trim().startsWith(this.fence)) this.fence = undefined;
    // Code of thousands of lines would be one block otherwise.
    if (line.trim() === '' && this.paragraph.length > 20) await this.end();
  }

  private async inTable(line: string): Promise<void> {
    if (!line.includes('|')) {
      this.header = undefined;
      return this.take(line);
    }
    const text = rowText(cellsOf(line), this.header);
    return this.out.block({ page: null, headings: this.path.headings, text, row: true });
  }

  private async inText(line: string): Promise<void> {
    const [, marks, title] = HEADING.exec(line) ?? [];
    const before = this.paragraph.at(-1);
    if (marks !== undefined && title !== undefined) {
      await this.end();
      return this.heading(marks.length, title);
    }
    if (
      before !== undefined &&
      this.paragraph.length === 1 &&
      UNDERLINE.test(line) &&
      before.trim() !== ''
    ) {
      this.paragraph = [];
      return this.heading(line.includes('=') ? 1 : 2, before);
    }
    if (before !== undefined && RULE_OF_TABLE.test(line) && before.includes('|')) {
      this.paragraph.pop();
      await this.end();
      this.header = cellsOf(before);
      return undefined;
    }
    if (line.trim() === '') return this.end();
    this.paragraph.push(line);
    return undefined;
  }

  private async heading(level: number, marked: string): Promise<void> {
    const text = marked
      .replace(/[*_`]+/g, '')
      .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
      .trim();
    this.path.enter(level, text);
    if (!this.titled) await this.out.title(text);
    this.titled = true;
    await this.out.block({ page: null, headings: this.path.headings, text });
  }
}

/** The cells of a table's line; a bar behind a backslash is none between them. */
const cellsOf = (line: string): string[] =>
  line
    .trim()
    .replace(/^\||(?<!\\)\|$/g, '')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.replaceAll('\\|', '|').trim());
