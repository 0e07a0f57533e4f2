import type { Passage } from '../chat-model.js';
import type { QuotesFraming } from './quotes-framing.js';

const list = (items: readonly string[]): string => items.map((item) => `- ${item}`).join('\n');

/** A title as text: what Markdown would take as a mark is escaped. */
function literal(title: string): string {
  return title.replace(/[\\`*[\]<>#|~]/g, '\\$&').replace(/\s+/g, ' ');
}

/** A passage as a block quotation; its lists and blocks of code stay what they are. */
function quotation({ n, title, text }: Passage): string {
  const lines = text.split('\n').map((line) => (line.trim() === '' ? '>' : `> ${line}`));
  return `**${literal(title)}** [${String(n)}]\n\n${lines.join('\n')}`;
}

/**
 * The answer of `quotes`, in Markdown: the best passage whole, the others named, each with the
 * number of its source; at the end, once, that no language model is connected.
 */
export function quotesAnswer(passages: readonly Passage[], words: QuotesFraming): string {
  const [best, ...others] = passages;
  const parts: string[] = [];
  if (best) {
    parts.push(quotation(best));
    if (others.length > 0) {
      const also = others.map(({ n, title }) => `${literal(title)} [${String(n)}]`);
      parts.push(`${words.seeAlso}\n\n${list(also)}`);
    }
  } else {
    parts.push(words.nothingFound, `${words.examplesIntroduction}\n\n${list(words.examples)}`);
  }
  parts.push('---', `${words.noModel}\n\n${list(words.connect)}`);
  return parts.join('\n\n');
}

/** Cuts an answer where one would pause: after a line or a sentence. Joined they are the answer. */
export function piecesOf(answer: string): string[] {
  return answer.split(/(?<=\n)|(?<=[.!?:] )/).filter((piece) => piece !== '');
}
