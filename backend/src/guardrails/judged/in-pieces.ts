import type { JudgedVerdict } from './judged-rail.js';
import { piecesOf, type PieceSize, together } from './pieces.rules.js';

/**
 * Has the whole of a text judged, a long one in pieces at the same time. One piece that is blocked
 * ends it, whatever becomes of the others; otherwise the strictest verdict is that on the text.
 * @param judge says what of one piece; its signal is aborted once its verdict no longer matters.
 * @throws {TooLongToJudge}; whatever kept a piece from being judged, where none is blocked.
 */
export async function judgedInPieces(
  text: string,
  size: PieceSize,
  signal: AbortSignal,
  judge: (piece: string, signal: AbortSignal) => Promise<JudgedVerdict>,
): Promise<JudgedVerdict> {
  const pieces = piecesOf(text, size);
  const decided = new AbortController();
  const own = AbortSignal.any([signal, decided.signal]);
  const ended = await Promise.allSettled(
    pieces.map(async (piece) => {
      const verdict = await judge(piece.text, own);
      if (verdict.action === 'block') decided.abort();
      return { piece, verdict };
    }),
  );
  const said = ended.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const failure = ended.find((one) => one.status === 'rejected');
  if (failure && !said.some(({ verdict }) => verdict.action === 'block')) throw failure.reason;
  return together(said);
}
