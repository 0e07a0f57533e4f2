import type { Use } from './address.rules.js';

/** Elements that fetch, lead or send somewhere. */
const NAMES = new Set(
  (
    'a area img image picture source video audio track iframe embed object param link script style ' +
    'base form input button svg use feimage meta body table td th tr div span p section blockquote ' +
    'frame frameset html head portal bgsound applet layer math animate set font center h1 h2 h3 b i'
  ).split(' '),
);
const LONGEST_NAME = 10;

/** What a tag at a place is: `no` tag, one that is still being written (`open`), or one that ends. */
export type TagSpan =
  | { readonly kind: 'no' | 'open' }
  | { readonly kind: 'tag'; readonly name: string; readonly end: number };

/** @param last where it ends at the latest. */
export function tagAt(text: string, at: number, last: number): TagSpan {
  const name = /^[a-z][a-z\d]*/i.exec(text.slice(at + 1, at + 2 + LONGEST_NAME))?.[0].toLowerCase();
  if (name === undefined) return { kind: at + 1 >= text.length ? 'open' : 'no' };
  const behind = at + 1 + name.length;
  if (behind >= text.length) {
    return { kind: [...NAMES].some((one) => one.startsWith(name)) ? 'open' : 'no' };
  }
  if (!NAMES.has(name) || !/[\s/>]/.test(text.charAt(behind))) return { kind: 'no' };
  const end = tagEnd(text, behind, last);
  if (end !== undefined) return { kind: 'tag', name, end };
  return { kind: last === text.length ? 'open' : 'no' };
}

/** Behind the `>`; one within quotation marks is not it. */
function tagEnd(text: string, from: number, last: number): number | undefined {
  for (let at = from; at < last; at += 1) {
    const sign = text.charAt(at);
    if (sign === '>') return at + 1;
    // Another tag: this one was none.
    if (sign === '<' && /[a-z/]/i.test(text.charAt(at + 1))) return undefined;
    if ((sign === '"' || sign === "'") && isValueQuoted(text, at)) {
      const close = text.indexOf(sign, at + 1);
      if (close < 0 || close >= last) return undefined;
      at = close;
    }
  }
  return undefined;
}

/** A quotation mark begins a value only behind `=`. */
function isValueQuoted(text: string, at: number): boolean {
  let before = at - 1;
  while (before > 0 && at - before < 8 && /\s/.test(text.charAt(before))) before -= 1;
  return text.charAt(before) === '=';
}

const ATTRIBUTE = /([a-z:_@-][\w:.-]*)\s*=\s*("[^"]*|'[^']*|[^\s>"']+)/gi;
const ADDRESSES = new Set(
  (
    'src href srcset action formaction poster data background xlink:href cite longdesc lowsrc ' +
    'dynsrc codebase archive manifest ping imagesrcset value from to values content srcdoc style'
  ).split(' '),
);
const LINKS = new Set(['a', 'area']);
const LISTS = new Set(['srcset', 'imagesrcset', 'ping', 'values']);
const IN_CSS = /(?:url\(|@import|src\()\s*["']?\s*([^"')]+)/gi;
const IN_META = /url\s*=\s*["']?\s*([^"']+)/i;
const LOOKS_ABSOLUTE = /^\s*(?:[a-z][a-z+.-]*\s*:|[/\\]\s*[/\\])/i;

/** What a tag fetches or leads to. */
export function addressesOf(
  tag: string,
  name: string,
): { readonly address: string; readonly use: Use }[] {
  const found: { address: string; use: Use }[] = [];
  for (const [, written = '', quoted = ''] of tag.matchAll(ATTRIBUTE)) {
    const attribute = written.toLowerCase();
    if (!ADDRESSES.has(attribute)) continue;
    const value = /^["']/.test(quoted) ? quoted.slice(1) : quoted;
    const use: Use = LINKS.has(name) && attribute === 'href' ? 'link' : 'picture';
    found.push(...addressesIn(attribute, value).map((address) => ({ address, use })));
  }
  return found;
}

function addressesIn(attribute: string, value: string): string[] {
  if (attribute === 'style') return [...value.matchAll(IN_CSS)].map(([, address = '']) => address);
  if (attribute === 'content') return [IN_META.exec(value)?.[1] ?? ''].filter(Boolean);
  if (LISTS.has(attribute)) return value.split(/[,;\s]+/).filter((one) => LOOKS_ABSOLUTE.test(one));
  if (/^(?:value|from|to)$/.test(attribute)) return LOOKS_ABSOLUTE.test(value) ? [value] : [];
  return [value];
}
