/** A piece of text as pdf.js finds it: in the order in which the file draws it. */
export interface TextPiece {
  readonly text: string;
  /** From the left and from the bottom, in points. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  /** Of its letters, in points. */
  readonly size: number;
  /** A line ends behind it. */
  readonly endsLine: boolean;
}

/** A line of a page. */
export interface PdfLine {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  /** Where it ends, from the left. */
  readonly right: number;
  readonly size: number;
}

/** Further than this from each other, in sizes of letters, two pieces are two words. */
const WORD_GAP = 0.2;
/** Higher or lower than this, in sizes of letters, is another line. */
const LINE_SHIFT = 0.5;
/** So far back, in sizes of letters, nobody writes on in the same line. */
const JUMP_BACK = 2;

/** Puts the pieces of a page together to lines, in their order: that of the columns, where there are some. */
export function linesOf(pieces: readonly TextPiece[]): PdfLine[] {
  const lines: PdfLine[] = [];
  let line: PdfLine | undefined;
  let ended = false;
  const close = (): void => {
    const text = line?.text.replace(/\s+/g, ' ').trim() ?? '';
    if (line && text !== '') lines.push({ ...line, text });
    line = undefined;
  };
  for (const piece of pieces) {
    if (line && (ended || !goesOn(line, piece))) close();
    ended = piece.endsLine;
    if (piece.text === '') continue;
    line = line ? joined(line, piece) : begun(piece);
  }
  close();
  return lines;
}

function goesOn(line: PdfLine, piece: TextPiece): boolean {
  if (piece.text.trim() === '') return true;
  const size = Math.max(line.size, piece.size, 1);
  return Math.abs(piece.y - line.y) <= size * LINE_SHIFT && piece.x > line.right - size * JUMP_BACK;
}

const begun = ({ text, x, y, width, size }: TextPiece): PdfLine => ({
  text,
  x,
  y,
  size,
  right: x + width,
});

function joined(line: PdfLine, piece: TextPiece): PdfLine {
  const isGap = piece.x - line.right > Math.max(line.size, piece.size) * WORD_GAP;
  const right = Math.max(line.right, piece.x + piece.width);
  // A footnote's mark is smaller than the line it stands in.
  const size = piece.text.trim() === '' ? line.size : Math.max(line.size, piece.size);
  return { ...line, text: `${line.text}${isGap ? ' ' : ''}${piece.text}`, right, size };
}
