/** Where a page may say how it is encoded, in bytes (HTML standard, 13.2.3.2). */
const PRESCANNED = 1024;
const DECLARED = /<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w:.-]{2,40})/i;

/** What browsers take for granted where nothing is said and UTF-8 does not fit. */
const FALLBACK = 'windows-1252';

/**
 * The text of a page's bytes: by its byte order mark, else as its server says, else as it says
 * itself, else UTF-8 where that fits and else the Western one of browsers. Never throws.
 * @param charset of `Content-Type`; null where it is silent.
 */
export function decodePage(bytes: Uint8Array, charset: string | null): string {
  const declared = DECLARED.exec(
    Buffer.from(bytes.subarray(0, PRESCANNED)).toString('latin1'),
  )?.[1];
  for (const label of [markOf(bytes), charset ?? undefined, declared]) {
    const decoder = label === undefined ? undefined : decoderFor(label);
    if (decoder) return decoder.decode(bytes);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder(FALLBACK).decode(bytes);
  }
}

function markOf([first, second, third]: Uint8Array): string | undefined {
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : undefined;
}

function decoderFor(label: string): InstanceType<typeof TextDecoder> | undefined {
  try {
    return new TextDecoder(label);
  } catch {
    return undefined; // Nobody knows it.
  }
}
