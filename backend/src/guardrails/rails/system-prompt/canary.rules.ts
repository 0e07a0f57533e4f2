/** A shorter word may stand in an answer by chance. */
const SHORTEST_CANARY = 8;
/** A part of an encoded canary shorter than this may stand in an answer by chance. */
const SHORTEST_FORM = 10;

const plain = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '');

/**
 * A canary as an answer may hold it, in small letters and digits only: as it is, backwards, in
 * hexadecimal, in base 64 wherever it begins there, and with letters moved by 13.
 */
export function canaryForms(canary: string): string[] {
  const bare = plain(canary);
  if (bare.length < SHORTEST_CANARY) return [];
  const bytes = Buffer.from(canary, 'utf8');
  const forms = [
    bare,
    [...bare].reverse().join(''),
    bytes.toString('hex'),
    bare.replace(/[a-z]/g, (letter) =>
      String.fromCharCode(((letter.charCodeAt(0) - 97 + 13) % 26) + 97),
    ),
    ...[0, 1, 2].map((shift) => base64Core(bytes, shift)),
  ];
  return [...new Set(forms)].filter((form) => form.length >= Math.min(bare.length, SHORTEST_FORM));
}

/** What base 64 has of bytes behind `shift` others, whatever these and those behind are. */
function base64Core(bytes: Buffer, shift: number): string {
  const encoded = Buffer.concat([Buffer.alloc(shift), bytes])
    .toString('base64')
    .replace(/=+$/, '');
  const isWhole = (shift + bytes.length) % 3 === 0;
  return plain(encoded.slice(shift === 0 ? 0 : shift + 1, isWhole ? undefined : -1));
}

/** For each length of a match, how much of it may begin another (Knuth, Morris and Pratt). */
export function fallbacks(form: string): Uint16Array {
  const table = new Uint16Array(form.length + 1);
  let length = 0;
  for (let at = 1; at < form.length; at += 1) {
    while (length > 0 && form.charCodeAt(at) !== form.charCodeAt(length))
      length = table[length] ?? 0;
    if (form.charCodeAt(at) === form.charCodeAt(length)) length += 1;
    table[at + 1] = length;
  }
  return table;
}
