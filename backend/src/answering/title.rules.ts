const LONGEST_TITLE = 60;

/**
 * A title made of the first prompt: its first line with words, cut at a word, at most 60
 * characters. Markdown signs at the beginning are left out.
 */
export function titleOf(prompt: string): string {
  const line = prompt.split('\n').find((text) => /[\p{L}\p{N}]/u.test(text)) ?? prompt;
  const whole = line.replace(/\s+/g, ' ').trim();
  return cutAtWord(whole.replace(/^[\s#>*\-`]+/, '') || whole);
}

/** A line as a title: at most 60 characters, cut at a word where that leaves enough. */
export function cutAtWord(line: string): string {
  const characters = Array.from(line);
  if (characters.length <= LONGEST_TITLE) {
    return line;
  }
  const cut = characters.slice(0, LONGEST_TITLE - 1).join('');
  const lastSpace = cut.lastIndexOf(' ');
  return `${(lastSpace > LONGEST_TITLE / 2 ? cut.slice(0, lastSpace) : cut).trimEnd()}…`;
}
