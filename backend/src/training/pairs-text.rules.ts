import type { TaughtPair } from './teach.schema.js';

/**
 * Pairs as Markdown: each question is the heading of its answer, so that both stand in one passage.
 * A heading is one line, and what opens a line of an answer cannot make another one.
 */
export const pairsText = (pairs: readonly TaughtPair[]): string =>
  pairs
    .map(({ question, answer }) => `## ${oneLine(question)}\n\n${withoutHeadings(answer)}\n`)
    .join('\n');

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

const withoutHeadings = (text: string): string =>
  text.replace(/^( {0,3})(#{1,6}(?:\s|$)|=+\s*$|-+\s*$)/gm, '$1\\$2');
