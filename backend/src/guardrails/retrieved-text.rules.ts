/** Longest text of one passage that a model is sent, in UTF-16 units: a few paragraphs. */
const LONGEST = 4000;

/**
 * Characters that are not seen and could carry what readers do not see: formats (zero width,
 * reading direction, tags), selectors of variants, controls. Joiners of emoji are among them: an
 * emoji that falls apart is read all the same.
 */
const INVISIBLE =
  // eslint-disable-next-line no-control-regex -- it is what must go.
  /[\p{Cf}\u{fe00}-\u{fe0f}\u{e0100}-\u{e01ef}\u{115f}\u{1160}\u{3164}\u{ffa0}]|[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/gu;

/**
 * Text of a document or a page as a model may be sent it: whole characters, none of them
 * invisible, no longer than a few paragraphs. What it says is not judged here.
 */
export function visibleText(text: string): string {
  const visible = text
    .slice(0, 4 * LONGEST)
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(INVISIBLE, '');
  return visible.length <= LONGEST
    ? visible
    : visible.slice(0, LONGEST).replace(/[\ud800-\udbff]$/, '');
}

/** An address as the rails read it: what is encoded in it is written out, plus signs are spaces. */
export function readableAddress(url: string): string {
  const spaced = url.replaceAll('+', ' ');
  try {
    return decodeURIComponent(spaced);
  } catch {
    // Not every page encodes in UTF-8: of one that does not, what all encodings have in common.
    return spaced.replace(/%([\da-f]{2})/gi, (_, hex: string) => {
      const code = Number.parseInt(hex, 16);
      return code >= 0x20 && code < 0x7f ? String.fromCharCode(code) : ' ';
    });
  }
}
