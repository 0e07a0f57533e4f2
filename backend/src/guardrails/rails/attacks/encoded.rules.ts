/** A run of text that may be another one, written in Base64 or in hexadecimal digits. */
export interface Decoded {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Fewest units of a run worth decoding: less holds no instruction. */
const SHORTEST = 20;
/** Most units of one run, and most runs of a text, that are decoded. */
const LONGEST = 4096;
const MOST_RUNS = 8;

const isCoded = (code: number): boolean =>
  (code >= 97 && code <= 122) ||
  (code >= 65 && code <= 90) ||
  (code >= 47 && code <= 57) ||
  code === 43 ||
  code === 61 ||
  code === 45 ||
  code === 95;

/** What long runs of Base64 and hexadecimal digits say, where they say something readable. */
export function decodedRuns(text: string): Decoded[] {
  const found: Decoded[] = [];
  for (let at = 0; at < text.length && found.length < MOST_RUNS;) {
    if (!isCoded(text.charCodeAt(at))) {
      at += 1;
      continue;
    }
    const start = at;
    while (at < text.length && isCoded(text.charCodeAt(at))) at += 1;
    const decoded = at - start >= SHORTEST ? decode(text.slice(start, start + LONGEST)) : undefined;
    if (decoded !== undefined) found.push({ start, end: at, text: decoded });
  }
  return found;
}

function decode(run: string): string | undefined {
  // A word of prose holds no capitals and digits within; a path is no Base64.
  const hex = /^(?:0x)?[0-9a-f]+$/i.test(run);
  if (hex) return readable(Buffer.from(run.replace(/^0x/i, ''), 'hex'));
  if (!/[A-Z]/.test(run) || !/[a-z]/.test(run)) return undefined;
  return readable(Buffer.from(run, 'base64'));
}

/** Text of bytes that are nearly all letters and spaces; undefined where they are not. */
function readable(bytes: Buffer): string | undefined {
  const head = bytes.subarray(0, 64);
  let plain = 0;
  for (const byte of head) {
    if (byte === 32 || (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122)) plain += 1;
  }
  if (head.length < 12 || plain < head.length * 0.75) return undefined;
  return bytes.toString('utf8');
}
