/** Part of a text, and what was found in it. */
export interface TextPart {
  readonly text: string;
  /** Null where nothing was. */
  readonly found: { readonly rail: string; readonly rule: string; readonly action: string } | null;
}

/** Something found, in UTF-16 units. */
export interface FoundPlace {
  readonly rail: string;
  readonly rule: string;
  readonly action: string;
  readonly start: number;
  readonly end: number;
}

/** A text cut at what was found in it; of what overlaps, the first is shown. */
export function partsOf(text: string, places: readonly FoundPlace[]): readonly TextPart[] {
  const parts: TextPart[] = [];
  let at = 0;
  for (const { start, end, ...found } of [...places].sort((a, b) => a.start - b.start)) {
    if (start < at || end <= start) continue;
    if (start > at) parts.push({ text: text.slice(at, start), found: null });
    parts.push({ text: text.slice(start, end), found });
    at = end;
  }
  if (at < text.length) parts.push({ text: text.slice(at), found: null });
  return parts;
}
