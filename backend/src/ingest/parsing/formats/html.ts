import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';
import { decode } from '../decode.js';
import { HeadingPath } from '../heading-path.js';
import { oneLine, type Out } from '../out.js';
import type { ParseOrder } from '../protocol.js';
import { isHeader, rowText } from '../table-row.js';

/** The part of the document object model that is used; the backend is compiled without it. */
interface DomNode {
  readonly nodeType: number;
  readonly textContent: string | null;
  readonly childNodes: Iterable<DomNode>;
}
interface DomElement extends DomNode {
  readonly tagName: string;
  readonly children: Iterable<DomElement>;
  getAttribute(name: string): string | null;
  hasAttribute(name: string): boolean;
  closest(selector: string): DomElement | null;
  querySelectorAll(selector: string): Iterable<DomElement>;
}
interface DomDocument {
  readonly documentElement: DomElement;
  readonly body: DomElement | null;
  querySelector(selector: string): DomElement | null;
}

const documentOf = (html: string): DomDocument =>
  (parseHTML(html) as unknown as { document: DomDocument }).document;

/** Not read, whatever is in them. */
const PASSED_OVER = new Set(
  'SCRIPT STYLE NOSCRIPT TEMPLATE IFRAME OBJECT EMBED SVG MATH CANVAS AUDIO VIDEO HEAD TITLE FORM BUTTON SELECT INPUT TEXTAREA DIALOG'.split(
    ' ',
  ),
);
/** What surrounds the content of a site's page. */
const AROUND = new Set(['NAV', 'HEADER', 'FOOTER', 'ASIDE', 'MENU']);
const BLOCKS = new Set(
  'ADDRESS ARTICLE ASIDE BLOCKQUOTE BODY CAPTION CENTER DD DETAILS DIV DL DT FIELDSET FIGCAPTION FIGURE FOOTER H1 H2 H3 H4 H5 H6 HEADER HR HTML LEGEND LI MAIN MENU NAV OL P PRE SECTION SUMMARY TABLE TBODY TD TFOOT TH THEAD TR UL'.split(
    ' ',
  ),
);
/** Readable text of a page that is shorter than this share of it is not its content. */
const READABLE_SHARE = 0.25;
const DEEPEST = 500;
const NODES = 1_000_000;

/** HTML: a page of a site without what surrounds its content, a file as it is. */
export async function parseHtml(
  bytes: Buffer,
  order: Pick<ParseOrder, 'charset' | 'kind'>,
  out: Out,
) {
  await out.found('text/html');
  const html = decode(bytes, order.charset ?? declaredIn(bytes));
  const document = documentOf(
    /<html[\s>]/i.test(html) ? html : `<html><body>${html}</body></html>`,
  );
  await out.title(document.querySelector('title')?.textContent ?? '');
  const walk = new HtmlWalk(out, order.kind === 'page');
  await walk.read(order.kind === 'page' ? contentOf(html, document) : document.documentElement);
}

/** The charset that a page declares within itself. */
export function declaredIn(bytes: Buffer): string | null {
  const start = bytes.subarray(0, 4096).toString('latin1');
  return /<meta[^>]+charset\s*=\s*["']?\s*([\w.:-]{1,40})/i.exec(start)?.[1] ?? null;
}

/** The part of a page that is its content, as far as one can tell. */
function contentOf(html: string, document: DomDocument): DomElement {
  const whole = document.documentElement;
  const article = readableIn(html);
  const text = oneLine(article?.textContent ?? '');
  const all = oneLine(document.body?.textContent ?? '').length;
  if (!article?.content || text.length < Math.min(400, all * READABLE_SHARE)) return whole;
  return documentOf(`<html><body>${article.content}</body></html>`).documentElement;
}

/** It takes the document apart, so it gets one of its own. */
function readableIn(html: string) {
  try {
    return new Readability(documentOf(html), {
      maxElemsToParse: 50_000,
    }).parse();
  } catch {
    return null; // Too large, or no page it can make sense of.
  }
}

/** Walks through the elements in their order, and puts out a block for each of text. */
class HtmlWalk {
  private readonly out: Out;
  private readonly path = new HeadingPath();
  private readonly isPage: boolean;
  private text = '';
  private nodes = 0;

  constructor(out: Out, isPage: boolean) {
    this.out = out;
    this.isPage = isPage;
  }

  async read(root: DomElement): Promise<void> {
    await this.walk(root, 0, false);
    await this.end();
  }

  private async walk(node: DomNode, depth: number, pre: boolean): Promise<void> {
    this.nodes += 1;
    if (depth > DEEPEST || this.nodes > NODES) return;
    if (node.nodeType === 3) {
      this.append(node.textContent ?? '', pre);
      return;
    }
    if (node.nodeType !== 1) return;
    const element = node as DomElement;
    const name = element.tagName.toUpperCase();
    if (PASSED_OVER.has(name) || (this.isPage && AROUND.has(name)) || isHidden(element)) return;
    if (/^H[1-6]$/.test(name)) return this.heading(element, Number(name[1]));
    if (name === 'TABLE') return this.table(element);
    if (name === 'BR') this.text += '\n';
    const isBlock = BLOCKS.has(name);
    if (isBlock) await this.end();
    if (name === 'LI') this.text += '- ';
    for (const child of element.childNodes)
      await this.walk(child, depth + 1, pre || name === 'PRE');
    if (isBlock) await this.end();
  }

  private append(text: string, pre: boolean): void {
    const shown = pre ? text : text.replace(/\s+/g, ' ');
    this.text += /\s$/.test(this.text) && !pre ? shown.trimStart() : shown;
  }

  private async heading(element: DomElement, level: number): Promise<void> {
    await this.end();
    const text = oneLine(element.textContent ?? '');
    if (text === '') return;
    this.path.enter(level, text);
    await this.out.block({ page: null, headings: this.path.headings, text });
  }

  private async table(table: DomElement): Promise<void> {
    await this.end();
    const rows = [...table.querySelectorAll('tr')].filter((row) => row.closest('table') === table);
    const cells = rows.map((row) => [...row.children].map((cell) => cell.textContent ?? ''));
    const named = rows.length > 1 && isHeader(cells[0] ?? []);
    for (const row of named ? cells.slice(1) : cells) {
      const text = rowText(row, named ? cells[0] : undefined);
      await this.out.block({ page: null, headings: this.path.headings, text, row: true });
    }
  }

  private async end(): Promise<void> {
    const text = this.text.replace(/[^\S\n]+\n/g, '\n').trim();
    this.text = '';
    if (text !== '-') await this.out.block({ page: null, headings: this.path.headings, text });
  }
}

/** What a reader of the page does not see, an answer should not stand on (S52). */
function isHidden(element: DomElement): boolean {
  const style = element.getAttribute('style') ?? '';
  return (
    element.hasAttribute('hidden') ||
    element.getAttribute('aria-hidden') === 'true' ||
    /display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])/i.test(style)
  );
}
