import type { AcceptedRun } from './live-run.js';

const LONGEST_TITLE = 60;

/**
 * Whether a model may write the title of what a run answers: the first answer of a conversation that
 * people see in their history. What programs ask is listed nowhere, and a title would only cost.
 */
export const mayBeTitled = ({ door, parentId }: Pick<AcceptedRun, 'door' | 'parentId'>): boolean =>
  door === 'web' && parentId === null;

/**
 * Whether a conversation has a title that no model may change: one that a person set, one that a
 * model wrote, or the beginning of another prompt.
 */
export const isNamed = (
  { title, titleByPerson }: { readonly title: string | null; readonly titleByPerson: boolean },
  prompt: string,
): boolean => titleByPerson || (title !== null && title !== titleOf(prompt));

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
