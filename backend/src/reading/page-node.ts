import { parseHTML } from 'linkedom';

/** As much of a page's tree as is read here. */
export interface PageNode {
  readonly nodeType: number;
  readonly textContent: string | null;
  readonly childNodes: ArrayLike<PageNode>;
}

export interface PageElement extends PageNode {
  readonly localName: string;
  getAttribute(name: string): string | null;
  querySelector(selectors: string): PageElement | null;
  remove(): void;
  querySelectorAll(selectors: string): ArrayLike<PageElement>;
}

export interface PageDocument extends PageElement {
  readonly documentElement: PageElement | null;
  /** There always: made where the page has none. */
  readonly body: PageElement & { append(child: PageNode): void };
}

export const ELEMENT = 1;
export const TEXT = 3;

/** The tree of a page. Nothing of it is run or loaded. */
export function parsePage(html: string): PageDocument {
  // It takes the first element for the whole page, whatever stands around it.
  const whole = /<html[\s>]/i.test(html) ? html : `<html><body>${html}</body></html>`;
  // linkedom's types name the browser's, which this project does not know.
  const { document } = parseHTML(whole) as unknown as { document: PageDocument };
  const children = Array.from(document.documentElement?.childNodes ?? []);
  const body = (document.querySelector('body') as PageDocument['body'] | null) ?? document.body;
  // Unlike browsers, it leaves what stands beside the body where it is.
  for (const child of children) {
    if (!isElement(child) || (child !== body && child.localName.toLowerCase() !== 'head')) {
      body.append(child);
    }
  }
  return document;
}

export const isElement = (node: PageNode): node is PageElement => node.nodeType === ELEMENT;
