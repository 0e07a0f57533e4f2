import { type BestSentence, bestSentences } from './best-sentences.rules.js';
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

/** A sentence of a document or a page between quotation marks; nothing in it is a mark of ours. */
const quoted = ({ n, text }: BestSentence): string =>
  `“${text.replace(/[\\`*_[\]<>#|~]/g, '\\$&').replace(/\s+/g, ' ')}” [${String(n)}]`;

/**
 * The answer of `quotes`, in Markdown, each with the number of its source. Where the best source is
 * documentation, that passage whole, the others named; else the sentences of documents and pages
 * that answer the question, word for word, or that the sources do not support an answer. At the
 * end, once, that no language model answers.
 */
export function quotesAnswer(
  question: string,
  passages: readonly Passage[],
  words: QuotesFraming,
): string {
  const manual = passages.filter(({ kind }) => kind === 'documentation');
  const others = passages.filter(({ kind }) => kind !== 'documentation');
  const sentences = bestSentences(question, others);
  const parts: string[] = [];
  if (sentences.length > 0 && passages[0]?.kind !== 'documentation') {
    parts.push(words.sourcesSay, list(sentences.map(quoted)));
    if (manual.length > 0) parts.push(...seeAlso(manual, words));
  } else if (manual.length > 0) {
    parts.push(...fromManual(manual, words));
  } else if (others.length > 0) {
    parts.push(words.notSupported);
  } else {
    parts.push(words.nothingFound, `${words.examplesIntroduction}\n\n${list(words.examples)}`);
  }
  parts.push('---', `${words.noModel}\n\n${list(words.connect)}`);
  return parts.join('\n\n');
}

function fromManual([best, ...others]: readonly Passage[], words: QuotesFraming): string[] {
  return [...(best ? [quotation(best)] : []), ...(others.length > 0 ? seeAlso(others, words) : [])];
}

const seeAlso = (passages: readonly Passage[], words: QuotesFraming): string[] => [
  `${words.seeAlso}\n\n${list(passages.map(({ n, title }) => `${literal(title)} [${String(n)}]`))}`,
];

/** Cuts an answer where one would pause: after a line or a sentence. Joined they are the answer. */
export function piecesOf(answer: string): string[] {
  return answer.split(/(?<=\n)|(?<=[.!?:] )/).filter((piece) => piece !== '');
}
