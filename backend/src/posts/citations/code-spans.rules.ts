/** A part of a text: from its first UTF-16 unit to the one behind its last. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

const FENCE = /^[ >]{0,12}(`{3,}|~{3,})/;

/**
 * The parts of a Markdown text that are code, in their order: blocks between fences, and what
 * stands between runs of equally many backticks within a paragraph. Linear in the text.
 */
export function codeSpans(text: string): Span[] {
  const spans: Span[] = [];
  let fence: { mark: string; from: number } | undefined;
  let paragraph = 0;
  const endParagraph = (end: number) => {
    spans.push(...inlineCode(text, paragraph, end));
  };
  for (let from = 0; from < text.length;) {
    const lineEnd = text.indexOf('\n', from);
    const to = lineEnd === -1 ? text.length : lineEnd + 1;
    // A fence and what may stand before it is short: no line is copied whole.
    const mark = FENCE.exec(text.slice(from, from + 64))?.[1];
    if (fence) {
      if (mark?.startsWith(fence.mark) === true) {
        spans.push({ from: fence.from, to });
        fence = undefined;
        paragraph = to;
      }
    } else if (mark !== undefined) {
      endParagraph(from);
      fence = { mark, from };
    } else if (to - from < 2 || (to - from < 64 && text.slice(from, to).trim() === '')) {
      endParagraph(from);
      paragraph = to;
    }
    from = to;
  }
  if (fence) spans.push({ from: fence.from, to: text.length });
  else endParagraph(text.length);
  return spans;
}

function inlineCode(text: string, from: number, to: number): Span[] {
  const runs = Array.from(text.slice(from, to).matchAll(/`+/g), ({ index, 0: run }) => ({
    at: from + index,
    length: run.length,
  }));
  // From the end, so that each run knows the next of its length without looking for it.
  const next = new Map<number, number>();
  const closing = new Array<number | undefined>(runs.length);
  for (let i = runs.length - 1; i >= 0; i -= 1) {
    const length = runs[i]?.length ?? 0;
    closing[i] = next.get(length);
    next.set(length, i);
  }
  const spans: Span[] = [];
  for (let i = 0; i < runs.length; i += 1) {
    const end = runs[closing[i] ?? -1];
    const begin = runs[i];
    if (!end || !begin) continue;
    spans.push({ from: begin.at, to: end.at + end.length });
    i = closing[i] ?? i;
  }
  return spans;
}

/** Whether a place lies in one of the spans, for places asked in rising order. */
export function within(spans: readonly Span[]): (at: number) => boolean {
  let i = 0;
  return (at) => {
    while ((spans[i]?.to ?? Infinity) <= at) i += 1;
    return at >= (spans[i]?.from ?? Infinity);
  };
}
