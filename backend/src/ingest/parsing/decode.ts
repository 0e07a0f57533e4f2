/** Encodings that a page or file may be declared in; another name is passed over. */
const decoderFor = (label: string): InstanceType<typeof TextDecoder> | undefined => {
  try {
    return new TextDecoder(label, { fatal: false });
  } catch {
    return undefined;
  }
};

/**
 * A file's text. A mark at its beginning decides, then whether it is UTF-8, then what was declared,
 * and else it is taken for Windows-1252, as Western files without a declaration are.
 */
export function decode(bytes: Buffer, declared: string | null = null): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const decoder =
      (declared === null ? undefined : decoderFor(declared)) ?? decoderFor('windows-1252');
    return decoder?.decode(bytes) ?? bytes.toString('latin1');
  }
}
