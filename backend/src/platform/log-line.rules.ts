/** Shorter ones are no secret that anybody could not guess, and stand in ordinary words. */
const SHORTEST_SECRET = 8;

/** Line breaks and terminal commands that JSON leaves as they are: DEL, C1, U+2028, U+2029. */
const UNESCAPED = /[\u007f-\u009f\u2028\u2029]/g;

/**
 * The secrets of an installation in the form in which a line of JSON would hold them. Digits
 * alone are left out: they would be found inside of numbers.
 */
export function loggedForms(secrets: readonly string[]): string[] {
  return secrets
    .filter((secret) => secret.length >= SHORTEST_SECRET && !/^\d+$/.test(secret))
    .map((secret) => JSON.stringify(secret).slice(1, -1))
    .sort((a, b) => b.length - a.length);
}

/**
 * A log's line as it may be written: without the installation's own secrets, whoever repeated
 * them, and one line for every program that reads it.
 * @param secrets from `loggedForms`.
 */
export function safeLine(line: string, secrets: readonly string[]): string {
  const clean = secrets.reduce((left, secret) => left.replaceAll(secret, '[secret]'), line);
  return escapeAll(clean, UNESCAPED);
}

/** Text in which nothing breaks a line or commands a terminal. */
export const escapeControls = (text: string): string => escapeAll(text, /[\p{Cc}\p{Zl}\p{Zp}]/gu);

const escapeAll = (text: string, characters: RegExp): string =>
  text.replace(
    characters,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
