import type { Snippet } from '../api/contract';

/** A stretch of a snippet; `hit` is what the search found. */
export interface SnippetPiece {
  readonly text: string;
  readonly hit: boolean;
}

/** Cuts a snippet at its hits. Ranges that overlap, run backwards or leave the text are put right. */
export function cutSnippet({ text, hits }: Snippet): readonly SnippetPiece[] {
  const pieces: SnippetPiece[] = [];
  let at = 0;
  for (const [start = 0, end = 0] of [...hits].sort(([a = 0], [b = 0]) => a - b)) {
    const from = Math.max(at, Math.min(start, text.length));
    const to = Math.min(end, text.length);
    if (to <= from) continue;
    if (from > at) pieces.push({ text: text.slice(at, from), hit: false });
    pieces.push({ text: text.slice(from, to), hit: true });
    at = to;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), hit: false });
  return pieces;
}
