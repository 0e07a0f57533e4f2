/** Where parentheses close that open at a place. */
export function closingParenthesis(
  text: string,
  at: number,
  last: number,
): { readonly end: number; readonly state: 'closed' | 'open' | 'none' } {
  let depth = 0;
  for (let end = at; end < last; end += 1) {
    const sign = text.charAt(end);
    if (sign === '\\') end += 1;
    else if (sign === '(') depth += 1;
    else if (sign === ')') {
      depth -= 1;
      if (depth === 0) return { end: end + 1, state: 'closed' };
    } else if (sign === ']' && text.charAt(end + 1) === '(') return { end, state: 'none' };
  }
  return { end: last, state: last === text.length ? 'open' : 'none' };
}

/** What the inside of the parentheses may lead to: with its title, or without. */
export function destinations(inside: string): string[] {
  const trimmed = inside.trim();
  const pointed = /^<([^>]*)>?/.exec(trimmed)?.[1];
  if (pointed !== undefined) return [pointed];
  const untitled = withoutTitle(trimmed);
  const [first = ''] = untitled.split(/\s/, 1);
  return first === untitled ? [first] : [first, untitled];
}

/** From blank to blank: an expression over all of it would try each blank of a long row. */
function withoutTitle(text: string): string {
  for (const { index, 0: blanks } of text.matchAll(/\s+/g)) {
    if (TITLE.test(text.slice(index + blanks.length))) return text.slice(0, index);
  }
  return text;
}

const TITLE = /^(?:"[^"]*"?|'[^']*'?|\([^)]*\)?)$/;
