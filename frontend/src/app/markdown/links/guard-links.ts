import { hostOf } from '../harmless-markup';
import { judgeLink, type KnownAddresses } from './link-trust.rules';

/** Opens nothing by itself: whoever presses it is shown the address first. */
const ASKING = 'a.asks-first';

/**
 * Takes the address out of every link that must not be opened at once, and leaves a button that says
 * where it leads. Works on nodes that are already sanitised.
 * @param known called only where there is a link
 */
export function guardLinks(root: DocumentFragment | Element, known: () => KnownAddresses): void {
  for (const link of root.querySelectorAll<HTMLAnchorElement>('a')) {
    const judged = judgeLink(link.getAttribute('href') ?? '', known());
    if (!judged) link.replaceWith(...link.childNodes);
    // What was judged is what is opened, written in the one way a browser understands it.
    else if (judged.doubts.length === 0) link.setAttribute('href', judged.address);
    else askFirst(link, judged.address);
  }
}

function askFirst(link: HTMLAnchorElement, address: string): void {
  for (const name of ['href', 'target', 'rel']) link.removeAttribute(name);
  // Not a <button>: that would not break across lines as the words of a text do.
  link.setAttribute('role', 'button');
  link.setAttribute('tabindex', '0');
  link.setAttribute('aria-haspopup', 'dialog');
  link.className = 'asks-first';
  link.dataset['address'] = address;
  const text = (link.textContent ?? '').trim();
  const host = hostOf(address);
  if (host && !text.endsWith(`(${host})`) && !isWritten(text, address)) link.append(` (${host})`);
}

/** The text is the address itself, from its first letter to its last. */
function isWritten(text: string, address: string): boolean {
  const bare = (from: string): string => from.replace(/^https?:\/\//i, '').replace(/\/$/, '');
  return bare(text) === bare(address);
}

/** The address that somebody asks for by this event; null where it is another. */
export function askedAddress(event: Event): string | null {
  if (event instanceof KeyboardEvent && event.key !== 'Enter' && event.key !== ' ') return null;
  const link = event.target instanceof Element ? event.target.closest<HTMLElement>(ASKING) : null;
  return link?.dataset['address'] ?? null;
}
