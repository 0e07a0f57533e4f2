import { parsePage } from './page-node.js';
import { bareHtml } from './bare-html.rules.js';

/** What to pick out of a page of which the structure is known, by CSS selectors. */
export interface Picking {
  /** The repeated part. */
  readonly each: string;
  /** Parts within each, the first of every kind. */
  readonly parts: Readonly<Record<string, string>>;
  /** What is there or not, on the whole page. */
  readonly signs: Readonly<Record<string, string>>;
}

export interface PickedPart {
  readonly text: string;
  readonly href: string | null;
}

export interface Picked {
  readonly items: readonly Readonly<Record<string, PickedPart>>[];
  /** The signs that are there. */
  readonly signs: readonly string[];
}

/** Picks parts out of a page. */
export function pick(html: string, { each, parts, signs }: Picking): Picked {
  const document = parsePage(bareHtml(html));
  const items = Array.from(document.querySelectorAll(each), (item) => {
    const picked = Object.entries(parts).flatMap(([name, selector]) => {
      const found = item.querySelector(selector);
      if (!found) return [];
      const text = (found.textContent ?? '').replace(/\s+/g, ' ').trim();
      return [[name, { text, href: found.getAttribute('href') }] as const];
    });
    return Object.fromEntries(picked);
  });
  return {
    items,
    signs: Object.keys(signs).filter((name) => document.querySelector(signs[name] ?? '') !== null),
  };
}
