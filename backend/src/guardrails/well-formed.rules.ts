/**
 * The part of a text that every database can hold: without NUL, which PostgreSQL refuses, and
 * without half a character. A first half at the end waits for its second.
 */
export function wellFormedPart(text: string): { ready: string; rest: string } {
  // Nearly every token.
  if (text.isWellFormed() && !text.includes('\0')) return { ready: text, rest: '' };
  const last = text.charCodeAt(text.length - 1);
  const cut = last >= 0xd800 && last <= 0xdbff ? text.length - 1 : text.length;
  const ready = text.slice(0, cut);
  return {
    ready: (ready.includes('\0') ? ready.replaceAll('\0', '') : ready).toWellFormed(),
    rest: text.slice(cut),
  };
}
