import type { Passage } from '../../llm/chat-model.js';

/** What begins like a sign of ours, however it is spaced or written. */
const SIGN = /<(?=[\s/]*source)/gi;

/** A text that cannot end the source that it stands in, nor begin another. */
export const withoutSigns = (text: string): string => text.replace(SIGN, '&lt;');

/** A source as a model is sent it: data between signs that it cannot write itself. */
export function markedSource({ n, title, text, page, host }: Passage): string {
  const named = [
    `n="${String(n)}"`,
    `title=${JSON.stringify(withoutSigns(title))}`,
    ...(page === null ? [] : [`page="${String(page)}"`]),
    ...(host === null ? [] : [`host=${JSON.stringify(withoutSigns(host))}`]),
  ];
  return `<source ${named.join(' ')}>\n${withoutSigns(text)}\n</source>`;
}
