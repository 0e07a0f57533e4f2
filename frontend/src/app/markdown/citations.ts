const MARK = /\[(\d{1,2})\]/g;

/**
 * Turns each `[n]` of the text into a button, for the numbers in `known`. Works on nodes that are
 * already sanitised, and only inside text that is neither code nor a link.
 */
export function markCitations(
  root: DocumentFragment | Element,
  known: ReadonlySet<number>,
  label: (n: number) => string,
): void {
  if (known.size === 0) return;
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  while (walker.nextNode()) {
    const text = walker.currentNode as Text;
    if (!text.parentElement?.closest('code, pre, a')) texts.push(text);
  }
  for (const text of texts) replaceMarks(text, known, label);
}

function replaceMarks(text: Text, known: ReadonlySet<number>, label: (n: number) => string): void {
  const pieces: (string | Node)[] = [];
  let from = 0;
  for (const match of text.data.matchAll(MARK)) {
    const n = Number(match[1]);
    if (!known.has(n)) continue;
    pieces.push(text.data.slice(from, match.index), chip(n, label(n)));
    from = match.index + match[0].length;
  }
  if (from > 0) text.replaceWith(...pieces, text.data.slice(from));
}

function chip(n: number, label: string): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'cite';
  button.textContent = String(n);
  button.dataset['cite'] = String(n);
  button.setAttribute('aria-label', label);
  return button;
}
