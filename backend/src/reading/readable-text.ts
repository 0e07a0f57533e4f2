import { Readability } from '@mozilla/readability';
import { bareHtml } from './bare-html.rules.js';
import { publishedAt } from './page-date.rules.js';
import { isElement, type PageDocument, type PageNode, parsePage } from './page-node.js';
import { isHidden, pageText } from './page-text.rules.js';

/** Longest title of a page, in UTF-16 units. */
const LONGEST_TITLE = 255;

/** Larger or deeper pages are read as they stand: finding the article takes too long in them. */
const MOST_ELEMENTS = 10_000;
const DEEPEST = 200;

/** What a page says to those who read it. */
export interface ReadableText {
  /** Without line ends, ≤ 255 characters; the host where the page has none. */
  readonly title: string;
  readonly host: string;
  /** When the page says that it was published; null where it does not say. */
  readonly publishedAt: Date | null;
  /**
   * The article where one can be told from what surrounds it, else all of the page: headings,
   * lists, quotations, code and tables in Markdown, and nothing active.
   */
  readonly text: string;
}

/**
 * Reads a page: 5 ms for a short one, seconds for the longest. Not to be called where others wait:
 * see `PageReader`. Looks at the first 2,000,000 characters.
 * @param address where the page was found.
 */
export function readableText(html: string, address: string, now = new Date()): ReadableText {
  const document = parsePage(bareHtml(html));
  removeHidden(document);
  const { hostname } = new URL(address);
  const date = publishedAt(document, now);
  const whole = pageText(document.body);
  const named = titleOf(document);
  const article = articleOf(document);
  const text = article === undefined ? whole : pageText(article);
  return {
    title: named || firstHeading(whole) || hostname,
    host: hostname,
    publishedAt: date,
    text: text || whole,
  };
}

/** The part of the page that is its article. Takes the tree apart. */
function articleOf(document: PageDocument): PageNode | undefined {
  if (isTooLarge(document)) return undefined;
  try {
    const reader = new Readability<PageNode>(document, {
      disableJSONLD: true,
      keepClasses: false,
      serializer: (node: PageNode) => node,
    });
    return reader.parse()?.content ?? undefined;
  } catch {
    return undefined; // It trusts trees to be like those of browsers.
  }
}

/** Before anything else: who finds the article takes away what says that it is hidden. */
function removeHidden(document: PageDocument): void {
  for (const element of Array.from(document.querySelectorAll('[hidden], [aria-hidden], [style]'))) {
    if (element !== document.body && isHidden(element)) element.remove();
  }
}

function isTooLarge(document: PageDocument): boolean {
  const open: [PageNode, number][] = [[document, 0]];
  let elements = 0;
  for (let next = open.pop(); next; next = open.pop()) {
    const [node, depth] = next;
    elements += 1;
    if (elements > MOST_ELEMENTS || depth > DEEPEST) return true;
    for (const child of Array.from(node.childNodes)) {
      if (isElement(child)) open.push([child, depth + 1]);
    }
  }
  return false;
}

function titleOf(document: PageDocument): string {
  const meta = document.querySelector('meta[property="og:title"]')?.getAttribute('content');
  const title = document.querySelector('title')?.textContent;
  return oneLine([meta, title].find((each) => each?.trim()) ?? '');
}

const firstHeading = (text: string): string => oneLine(/^#{1,6} (.+)$/m.exec(text)?.[1] ?? '');

const oneLine = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .trim()
    .slice(0, LONGEST_TITLE);
