import { ELEMENT, isElement, type PageElement, type PageNode, TEXT } from './page-node.js';

/** Never read: active, for entering something, or shown to nobody. */
const LEFT_OUT = new Set(
  'script style noscript template iframe object embed svg math canvas audio video picture img map button input select option textarea datalist dialog link meta head title'.split(
    ' ',
  ),
);
const BLOCKS = new Set(
  'address article aside blockquote body caption center dd details div dl dt figcaption figure footer form header hgroup li main nav ol p section summary table ul'.split(
    ' ',
  ),
);
const HEADING = /^h([1-6])$/;

/** Deeper than any page for readers; a page made to exhaust the stack is cut there. */
const DEEPEST = 200;

/** How a text is not shown although it is there: the way to tell a model what no reader sees. */
const HIDDEN_STYLE =
  /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])|opacity\s*:\s*0(?![.\d]))/i;

/** Characters that show nothing or turn text around, save those that join emoji and letters. */
const INVISIBLE = /(?![\t\n\u200c\u200d])[\p{Cc}\p{Cf}\u{E0000}-\u{E0FFF}]/gu;

/** What Markdown would show as a picture or a link that leads away. */
const ACTIVE = /!?\[([^\]\n]{0,200})\]\([^)\n]{0,2000}\)/g;

/**
 * The text of a part of a page, in Markdown of headings, lists, quotations, code and tables only.
 * Nothing in it is active: no link, no picture, no HTML, no character that shows nothing.
 */
export function pageText(root: PageNode): string {
  return clean(textOf(root, 0));
}

/** Whether nobody who looks at the page sees it. */
export function isHidden(element: PageElement): boolean {
  return (
    element.getAttribute('hidden') !== null ||
    element.getAttribute('aria-hidden') === 'true' ||
    HIDDEN_STYLE.test(element.getAttribute('style') ?? '')
  );
}

function textOf(node: PageNode, depth: number): string {
  if (node.nodeType === TEXT) {
    return (node.textContent ?? '').replace(/\s+/g, ' ');
  }
  if (!isElement(node)) {
    // A document is read as what it holds; comments and the like are not.
    return node.nodeType > ELEMENT && node.nodeType < 9 ? '' : inside(node, depth);
  }
  const name = node.localName.toLowerCase();
  if (depth > DEEPEST || LEFT_OUT.has(name) || isHidden(node)) {
    return '';
  }
  return marked(name, node, depth);
}

function inside(node: PageNode, depth: number): string {
  return node.nodeType === 8
    ? ''
    : Array.from(node.childNodes, (child) => textOf(child, depth + 1)).join('');
}

function marked(name: string, node: PageElement, depth: number): string {
  const level = HEADING.exec(name)?.[1];
  if (level) {
    const words = oneLine(inside(node, depth));
    return words === '' ? '' : `\n\n${'#'.repeat(Number(level))} ${words}\n\n`;
  }
  switch (name) {
    case 'br':
      return '\n';
    case 'hr':
      return '\n\n';
    case 'pre':
      return `\n\n\`\`\`\n${(node.textContent ?? '').replaceAll('```', "'''").trim()}\n\`\`\`\n\n`;
    case 'li':
      return `\n- ${indented(inside(node, depth))}`;
    case 'tr':
      return `\n${cellsOf(node, depth)}`;
    case 'blockquote':
      return `\n\n${quoted(inside(node, depth))}\n\n`;
    default:
      return BLOCKS.has(name) ? `\n\n${inside(node, depth)}\n\n` : inside(node, depth);
  }
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

const indented = (text: string): string =>
  text
    .trim()
    .replace(/\n{2,}/g, '\n')
    .replaceAll('\n', '\n  ');

const quoted = (text: string): string =>
  text
    .trim()
    .replace(/\n{3,}/g, '\n\n')
    .replace(/^/gm, '> ');

function cellsOf(row: PageElement, depth: number): string {
  const cells = Array.from(row.childNodes)
    .filter(isElement)
    .map((cell) => oneLine(textOf(cell, depth + 1)));
  return cells.some((cell) => cell !== '') ? `| ${cells.join(' | ')} |` : '';
}

function clean(text: string): string {
  let inCode = false;
  return text
    .replace(/\r\n?/g, '\n')
    .replace(INVISIBLE, '')
    .split('\n')
    .map((line) => {
      if (line === '```') inCode = !inCode;
      return inCode ? line : plain(line);
    })
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** What is left of brackets within brackets does not become a link either. */
const plain = (line: string): string =>
  line
    .replace(ACTIVE, '$1')
    .replaceAll('](', '] (')
    .replace(/(\S) {2,}/g, '$1 ')
    .replace(/^ (?=\S)/, '')
    .trimEnd();
