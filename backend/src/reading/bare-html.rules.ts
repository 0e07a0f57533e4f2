/** Longest HTML that is looked at, in UTF-16 units: far more than the text of any article. */
export const LONGEST_HTML = 2_000_000;

/** What holds no text for readers, and most of the length of many pages. Linear: no backtracking. */
const SILENT = ['script', 'style', 'svg', 'noscript', 'template', 'iframe', 'object', 'canvas'];

/** Longest tag that is taken for one: a search for the end of each must not go through the page. */
const LONGEST_TAG = 1000;

const DATA_ADDRESS = /(["'])data:[^"']{200,}\1/g;

/**
 * A page without what is not read, so that its tree is small: scripts (but those of JSON-LD, which
 * hold dates), styles, drawings, and pictures within addresses.
 */
export function bareHtml(html: string): string {
  let bare = html.slice(0, LONGEST_HTML);
  for (const name of SILENT) {
    bare = without(bare, name);
  }
  return bare.replace(DATA_ADDRESS, '""');
}

/** What stands from each `<name` to its `</name>`, or to the end, is left out. */
function without(html: string, name: string): string {
  const opening = new RegExp(`<${name}(?=[\\s>/])[^>]{0,${String(LONGEST_TAG)}}>`, 'gi');
  const closing = new RegExp(`</${name}\\s*>`, 'gi');
  const kept: string[] = [];
  let at = 0;
  for (let open = opening.exec(html); open; open = opening.exec(html)) {
    closing.lastIndex = opening.lastIndex;
    const close = closing.exec(html);
    const end = close ? closing.lastIndex : html.length;
    if (/\bld\+json\b/i.test(open[0])) {
      opening.lastIndex = end;
      continue;
    }
    kept.push(html.slice(at, open.index));
    at = opening.lastIndex = end;
  }
  kept.push(html.slice(at));
  return kept.join('');
}
