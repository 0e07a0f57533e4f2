const isSpace = (code: number): boolean => code === 32 || code === 10 || code === 13 || code === 9;

/** Start of the word that ends at `end`, which may be empty; not in front of `first`. */
export function wordStart(text: string, end: number, first: number): number {
  let start = end;
  while (start > first && !isSpace(text.charCodeAt(start - 1))) start -= 1;
  return start;
}

/** Start of the blanks that end at `end`. */
export function blanksStart(text: string, end: number, first: number): number {
  let start = end;
  while (start > first && isSpace(text.charCodeAt(start - 1))) start -= 1;
  return start;
}
