import { type JudgedVerdict, PASSED } from './judged-rail.js';

/** Part of a text, and where it begins, in UTF-16 units. */
export interface Piece {
  readonly start: number;
  readonly text: string;
}

/** How a long text is taken apart. */
export interface PieceSize {
  /** Longest piece, in UTF-16 units. */
  readonly longest: number;
  /** What each piece repeats of the one before: what matters may lie across a border. */
  readonly overlap: number;
  /** More pieces than that are not judged. */
  readonly most: number;
}

/**
 * Of what a model is asked about: 12,000 characters are about 3,000 tokens, which the smallest judge's
 * window takes, and so many pieces hold more than the longest prompt that is accepted.
 */
export const ASKED_ABOUT: PieceSize = { longest: 12_000, overlap: 500, most: 20 };

/** A text that takes more pieces than a rail judges: no verdict on it would be one on all of it. */
export class TooLongToJudge extends Error {
  override readonly name = 'TooLongToJudge';
}

/**
 * A text in pieces that overlap and leave nothing out.
 * @throws {TooLongToJudge}
 */
export function piecesOf(text: string, { longest, overlap, most }: PieceSize): Piece[] {
  const pieces: Piece[] = [];
  for (let start = 0; ;) {
    if (pieces.length === most) throw new TooLongToJudge();
    const end = start + longest;
    if (end >= text.length) {
      pieces.push({ start, text: text.slice(start) });
      return pieces;
    }
    const cut = isInPair(text, end) ? end - 1 : end;
    pieces.push({ start, text: text.slice(start, cut) });
    const next = cut - overlap;
    start = isInPair(text, next) ? next - 1 : next;
  }
}

/** Whether a place lies within a character of two units. */
const isInPair = (text: string, at: number): boolean => {
  const before = text.charCodeAt(at - 1);
  return before >= 0xd800 && before <= 0xdbff;
};

/** What was said of a text's pieces, as said of the text. */
export function together(
  said: readonly { readonly piece: Piece; readonly verdict: JudgedVerdict }[],
): JudgedVerdict {
  const strictest = (['block', 'mask', 'flag'] as const).find((action) =>
    said.some(({ verdict }) => verdict.action === action),
  );
  if (strictest === undefined) return PASSED;
  const same = said.filter(({ verdict }) => verdict.action === strictest);
  const spans = same.flatMap(({ piece, verdict }) =>
    verdict.spans.map((span) => ({
      ...span,
      start: span.start + piece.start,
      end: span.end + piece.start,
    })),
  );
  const known = new Set<string>();
  return {
    action: strictest,
    rules: [...new Set(same.flatMap(({ verdict }) => verdict.rules))],
    // What lies in an overlap is found twice.
    spans: spans.filter(({ rule, start, end }) => {
      const key = `${rule} ${String(start)} ${String(end)}`;
      return !known.has(key) && known.add(key);
    }),
  };
}
