/** What a template holds the texts in: `{{ prompt }}`, `{{ answer }}`. */
const VARIABLE = /\{\{\s*(prompt|answer)\s*\}\}/g;

/**
 * Longest text that is shown, in UTF-16 units: of a longer one its beginning and its end. What is
 * judged comes in pieces that are no longer; the prompt beside an answer may be.
 */
const LONGEST = 12_000;

/** How a model says that a text must not pass, and that it may, by its first word. */
const YES = /^(yes|sim|s[ií])(?![\p{L}\p{N}])/iu;
const NO = /^(no|n[ãa]o)(?![\p{L}\p{N}])/iu;

/** The question to a model: a template with the texts in their places. */
export function selfCheckPrompt(
  template: string,
  texts: { readonly prompt: string; readonly answer: string },
): string {
  return template.replace(VARIABLE, (_, name: 'prompt' | 'answer') => shortened(texts[name]));
}

/**
 * What a model says: true where the text must not pass.
 * @returns undefined where it says neither yes nor no.
 */
export function saysBlock(said: string): boolean | undefined {
  const word = said.replace(/^[\s"'`*_([{<>]+/u, '');
  if (YES.test(word)) return true;
  return NO.test(word) ? false : undefined;
}

const shortened = (text: string): string =>
  text.length <= LONGEST
    ? text
    : `${text.slice(0, LONGEST / 2).toWellFormed()}\n[…]\n${text.slice(-LONGEST / 2).toWellFormed()}`;
