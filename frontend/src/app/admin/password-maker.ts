/** Letters and digits that are not taken for one another when read aloud or from paper. */
const ALPHABET = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const GROUPS = 4;
const GROUP_LENGTH = 4;

/** A random first password: 16 characters of 56, more than 92 bits, in groups for reading. */
export function makePassword(): string {
  const letters: string[] = [];
  while (letters.length < GROUPS * GROUP_LENGTH) {
    for (const byte of crypto.getRandomValues(new Uint8Array(32))) {
      // 224 = 4 × 56: bytes beyond it would favour the first letters.
      if (byte < 224) letters.push(ALPHABET.charAt(byte % ALPHABET.length));
    }
  }
  const word = letters.slice(0, GROUPS * GROUP_LENGTH).join('');
  return word.match(/.{4}/g)?.join('-') ?? word;
}
