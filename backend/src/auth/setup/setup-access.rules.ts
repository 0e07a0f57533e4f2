import { createHash, timingSafeEqual } from 'node:crypto';

/** Headers by which a proxy betrays that the caller is somebody behind it. */
const FORWARDING = [
  'forwarded',
  'via',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-real-ip',
  'cf-connecting-ip',
];

const LOOPBACK_ADDRESS = /^(127(\.\d{1,3}){3}|::1|::ffff:127(\.\d{1,3}){3})$/;

/** A page elsewhere whose name was made to point here has another host (DNS rebinding). */
const LOOPBACK_HOST = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i;

/** Where a setup request comes from. */
export interface SetupSource {
  /** The other end of the connection, whatever headers say. */
  readonly socketAddress: string | undefined;
  readonly host: string | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
}

/** Whether the request comes from this very machine, so that it needs no code. */
export function isFromThisMachine({ socketAddress, host, headers }: SetupSource): boolean {
  return (
    LOOPBACK_ADDRESS.test(socketAddress ?? '') &&
    LOOPBACK_HOST.test(host ?? '') &&
    FORWARDING.every((name) => headers[name] === undefined)
  );
}

/** Letters and digits that are not mistaken for each other (Crockford's base 32). */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A code to be read and typed, `XXXX-XXXX-XXXX`, from twelve random bytes: 60 bits. */
export function setupCode(random: Uint8Array): string {
  const letters = Array.from(random.subarray(0, 12), (byte) => ALPHABET[byte % ALPHABET.length]);
  return [0, 4, 8].map((start) => letters.slice(start, start + 4).join('')).join('-');
}

/** Compares in a time that tells nothing. A printed code may be typed in any case and spacing. */
export function isSetupCode(typed: string, expected: string): boolean {
  return [
    typed,
    typed
      .toUpperCase()
      .replace(/[^0-9A-Z]/g, '')
      .replace(/(.{4})(?=.)/g, '$1-'),
  ]
    .map((candidate) => timingSafeEqual(digest(candidate), digest(expected)))
    .some(Boolean);
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
