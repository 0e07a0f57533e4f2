import { bracketsIn, claimBefore, DOUBTFUL, type Verdict } from './citation.rules';

/** The numbers that become chips, and how they are read out. */
export interface CitedNumbers {
  /** Numbers of the sources. */
  readonly known: ReadonlySet<number>;
  /** Numbers in the text of which there is no source. */
  readonly unknown: ReadonlySet<number>;
  readonly label: (n: number, verdict: Verdict | null) => string;
}

/** A number that somebody wants to see the source of, and what is said before it. */
export interface CitedClaim {
  readonly n: number;
  /** The sentence it stands behind; empty where the source itself was asked for. */
  readonly claim: string;
  readonly verdict: Verdict | null;
}

/**
 * Turns each `[n]` of the text into a button, for the numbers that are known. Works on nodes that are
 * already sanitised, and only inside text that is neither code nor a link.
 */
export function markCitations(root: DocumentFragment | Element, numbers: CitedNumbers): void {
  const marked = new Set([...numbers.known, ...numbers.unknown]);
  if (marked.size === 0) return;
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  while (walker.nextNode()) {
    const text = walker.currentNode as Text;
    if (!text.parentElement?.closest('code, pre, a')) texts.push(text);
  }
  for (const text of texts) replaceMarks(text, marked, numbers);
}

function replaceMarks(text: Text, marked: ReadonlySet<number>, numbers: CitedNumbers): void {
  const pieces: (string | Node)[] = [];
  let from = 0;
  for (const bracket of bracketsIn(text.data, marked)) {
    const chips = bracket.numbers.filter((n) => marked.has(n)).map((n) => chip(n, numbers));
    pieces.push(text.data.slice(from, bracket.at), ...chips);
    from = bracket.at + bracket.length;
  }
  if (from > 0) text.replaceWith(...pieces, text.data.slice(from));
}

function chip(n: number, { known, label }: CitedNumbers): HTMLElement {
  // A number without a source opens nothing.
  const element = document.createElement(known.has(n) ? 'button' : 'span');
  if (element instanceof HTMLButtonElement) element.type = 'button';
  else element.setAttribute('role', 'img');
  element.className = 'cite';
  element.textContent = String(n);
  element.dataset['cite'] = String(n);
  element.setAttribute('aria-label', label(n, null));
  return element;
}

/** Shows what became of a number: by colour, by a sign, and in words. */
export function showVerdict(
  element: HTMLElement,
  verdict: Verdict | null,
  label: CitedNumbers['label'],
): void {
  const n = Number(element.dataset['cite']);
  const text = label(n, verdict);
  element.setAttribute('aria-label', text);
  if (verdict && DOUBTFUL.has(verdict)) {
    element.dataset['verdict'] = verdict;
    element.title = text;
  } else {
    delete element.dataset['verdict'];
    element.removeAttribute('title');
  }
}

/** The number that was chosen, and what stands before it. */
export function citedClaim(element: HTMLElement): CitedClaim {
  const block = element.closest('p, li, td, th, dd, dt, blockquote, h1, h2, h3, h4, h5, h6');
  const range = document.createRange();
  range.setStart(block ?? element, 0);
  range.setEndBefore(element);
  const before = range.cloneContents();
  for (const other of before.querySelectorAll('[data-cite]')) other.remove();
  const verdict = (element.dataset['verdict'] as Verdict | undefined) ?? null;
  return {
    n: Number(element.dataset['cite']),
    claim: claimBefore(before.textContent ?? ''),
    verdict,
  };
}
